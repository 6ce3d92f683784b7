// The thread of TokenWorker. It is JavaScript, so that it runs as it is from the sources too.
import { setImmediate as nextTurn } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { countTokens, decodeGenerator, encode, setMergeCacheSize } from "gpt-tokenizer/encoding/o200k_base";

// The tokenizer caches stretches that it has merged, by default 100,000 of them; this many take some megabytes.
setMergeCacheSize(4096);

/** Text of users may contain "<|endoftext|>". It counts as text, not as a command. */
const asText = { disallowedSpecial: new Set() };

/** Texts take turns, slice by slice, so that a short one does not wait for a long one. */
async function count(/** @type {string[]} */ slices) {
  let tokens = 0;
  for (const [index, slice] of slices.entries()) {
    if (index > 0) await nextTurn();
    tokens += countTokens(slice, asText);
  }
  return tokens;
}

function cut(/** @type {string} */ slice) {
  let taken = 0;
  const counted = (function* () {
    for (const token of encode(slice, asText)) {
      taken += 1;
      yield token;
    }
  })();
  const pieces = [];
  for (const text of decodeGenerator(counted)) {
    pieces.push({ text, tokens: taken });
    taken = 0;
  }
  return pieces;
}

parentPort?.on("message", async ({ id, slices, slice }) => {
  parentPort?.postMessage({ id, answer: slices ? await count(slices) : cut(slice) });
});
