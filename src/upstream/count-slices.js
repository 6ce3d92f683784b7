// The thread in which TokenWorker counts. It is JavaScript, so that it runs as it is from the sources too.
import { parentPort } from "node:worker_threads";
import { countTokens, setMergeCacheSize } from "gpt-tokenizer/encoding/o200k_base";

setMergeCacheSize(4096);
const asText = { disallowedSpecial: new Set() };

parentPort?.on("message", (/** @type {string[]} */ slices) => {
  parentPort?.postMessage(slices.reduce((sum, slice) => sum + countTokens(slice, asText), 0));
});
