// This is loaded into a gateway beside its own code (`node --expose-gc --import`), which knows nothing of it.
import { answerQuestions } from "./answer.mjs";

answerQuestions({
  /** Returns what the process holds after all garbage was collected. */
  memory: async () => {
    for (let round = 0; round < 3; round++) {
      globalThis.gc();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return process.memoryUsage();
  },
});
