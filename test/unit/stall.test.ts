import { expect, it } from "vitest";
import { Stall } from "../../src/edge/http/readers/stall.js";

const EVERY_MS = 12_000;

/** A connection whose client takes these numbers of bytes, one each time that it is looked at. */
function lookAt(waiting: number, taken: readonly number[]): boolean[] {
  const socket = { bytesWritten: 0, writableLength: 0 };
  const stall = new Stall(socket, EVERY_MS);
  let total = 0;
  return taken.map((bytes) => {
    total += bytes;
    socket.writableLength = waiting;
    socket.bytesWritten = total + waiting;
    return stall.isOver();
  });
}

it.each<[string, number, number[], number | null]>([
  ["takes nothing for a minute", 10, [0, 0, 0, 0, 0, 0], 4],
  ["takes a byte now and then", 10, [0, 0, 0, 1, 0, 0, 0, 1], null],
  ["takes something and then nothing for a minute", 10, [5, 0, 0, 0, 0, 0, 0], 5],
  ["has nothing to take", 0, [0, 0, 0, 0, 0, 0, 0, 0], null],
])("a client is given up if it %s", (_, waiting, taken, at) => {
  const seen = lookAt(waiting, taken);
  expect(seen.indexOf(true)).toBe(at ?? -1);
});
