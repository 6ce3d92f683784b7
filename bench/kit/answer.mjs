/**
 * Answers the questions that a Program is asked, each by the function of that name. Ends this process with its parent.
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
