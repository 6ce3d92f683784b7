// Loaded into a gateway beside its own code (`node --expose-gc --import`), which knows nothing of it.
import { answerQuestions } from "./answer.mjs";

answerQuestions({
  /** What the process holds after everything that can be collected was. */
  memory: async () => {
    for (let round = 0; round < 3; round++) {
      globalThis.gc();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return process.memoryUsage();
  },
});
