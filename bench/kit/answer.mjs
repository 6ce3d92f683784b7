/**
 * The side of a Program that is asked: answers each question by the function of that name, and ends with its parent.
 * @param {Record<string, (argument: any) => unknown>} answers
 */
export function answerQuestions(answers) {
  process.on("message", async ({ id, question, argument }) => {
    try {
      process.send?.({ id, result: await answers[question]?.(argument) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.stack : String(error) });
    }
  });
  process.on("disconnect", () => process.exit());
}
