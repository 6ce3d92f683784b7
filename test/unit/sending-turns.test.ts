import { EventEmitter } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { SendingTurns } from "../../src/doors/graphql/sockets/sending-turns.js";

const MEGABYTE = 1024 * 1024;

function socketWith(bufferedAmount: number) {
  const socket = Object.assign(new EventEmitter(), { bufferedAmount });
  const turns = new SendingTurns(socket as never);
  const gone: number[] = [];
  /** Sends a megabyte in its turn. */
  const send = async (number: number) => {
    await turns.turn();
    gone.push(number);
    socket.bufferedAmount += MEGABYTE;
  };
  return { socket, turns, gone, send };
}

it("results go at once while there is room, and then one by one as room comes", async () => {
  const { socket, turns, gone, send } = socketWith(0);
  for (const number of [1, 2]) await send(number);
  for (const number of [3, 4, 5]) void send(number);
  await nextTurn();
  expect(gone).toEqual([1, 2]);
  for (const expected of [
    [1, 2, 3],
    [1, 2, 3, 4],
    [1, 2, 3, 4, 5],
  ]) {
    socket.bufferedAmount -= MEGABYTE;
    turns.next();
    await nextTurn();
    await nextTurn();
    expect(gone).toEqual(expected);
  }
});

it("nobody waits for a socket that has closed", async () => {
  const { socket, gone, send } = socketWith(2 * MEGABYTE);
  const sent = Promise.all([1, 2, 3].map(send));
  socket.emit("close");
  await sent;
  expect(gone).toEqual([1, 2, 3]);
});
