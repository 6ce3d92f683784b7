import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { expect, it } from "vitest";
import { byDns } from "../../../src/features/webhooks/sending/resolve-name.js";

const A = 1;
const AAAA = 28;

/** A server of names that answers each question for a type with these bytes, or not at all. */
async function startServer(answers: Readonly<Record<number, readonly number[]>> | null) {
  const socket = createSocket("udp4");
  socket.on("message", (question, { port, address }) => {
    const type = question.readUInt16BE(question.indexOf(0, 12) + 1);
    const data = answers?.[type];
    if (!answers) return;
    // The name stands at byte 12, and what the question has behind it is left out.
    const asked = question.subarray(12, question.indexOf(0, 12) + 5);
    const head = [...question.subarray(0, 2), 0x81, data ? 0x80 : 0x83, 0, 1, 0, data ? 1 : 0, 0, 0, 0, 0];
    const record = data ? [0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length, ...data] : [];
    socket.send(Buffer.from([...head, ...asked, ...record]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { resolve: byDns([`127.0.0.1:${socket.address().port}`]), close: () => socket.close() };
}

it("A name stands for its addresses of both kinds, or for those of the one kind that it has.", async () => {
  const six = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  const both = await startServer({ [A]: [192, 0, 2, 1], [AAAA]: six });
  const [ofFour, ofSix] = [
    { address: "192.0.2.1", family: 4 },
    { address: "2001:db8::1", family: 6 },
  ];
  expect(await both.resolve("receiver.test")).toEqual([ofFour, ofSix]);
  const one = await startServer({ [AAAA]: six });
  expect(await one.resolve("receiver.test")).toEqual([ofSix]);
  const none = await startServer({});
  await expect(none.resolve("receiver.test")).rejects.toMatchObject({ code: "ENOTFOUND" });
  for (const server of [both, one, none]) server.close();
});

it("Names whose server does not answer keep no thread, which the look-up of an upstream's name needs.", async () => {
  const silent = await startServer(null);
  let ended = 0;
  for (let index = 0; index < 16; index++) {
    const answer = silent.resolve(`receiver-${index}.test`);
    answer.catch(() => undefined).finally(() => ended++);
  }
  await lookup("localhost");
  expect(ended).toBe(0);
  silent.close();
});
