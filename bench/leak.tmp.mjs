import { writeHeapSnapshot } from "node:v8";
import { answerQuestions } from "/tmp/i3b/bench/kit/answer.mjs";

answerQuestions({
  memory: async () => {
    for (let i = 0; i < 3; i++) {
      globalThis.gc();
      await new Promise((r) => setTimeout(r, 300));
    }
    return process.memoryUsage();
  },
  snap: async (f) => writeHeapSnapshot(f),
});
