export function answerQuestions(answers: Readonly<Record<string, (argument: never) => unknown>>): void;
