import type { JsonRequest } from "./provider.js";
import { countTextTokens } from "./tokens.js";

type Question = Pick<JsonRequest, "endpoint" | "body">;

/** The texts of a question that is no chat. Images of a moderation are none. */
export function textsIn({ endpoint, body }: Question): string[] {
  const given = endpoint === "completions" ? [body.prompt, body.suffix] : [body.input];
  return given.flat().flatMap((each) => {
    if (typeof each === "string") return [each];
    const text = typeof each === "object" && each !== null && "text" in each ? each.text : undefined;
    return typeof text === "string" ? [text] : [];
  });
}

/** How many tokens a question gives as numbers, instead of texts. */
export function numberedTokensIn({ endpoint, body }: Question): number {
  const given = endpoint === "completions" ? body.prompt : body.input;
  return [given].flat(2).filter((each) => typeof each === "number").length;
}

/** Counts the tokens of a question that is no chat, in the vocabulary of GPT-4o and later. */
export const tokensIn = async (question: Question): Promise<number> =>
  numberedTokensIn(question) + (await countTextTokens(textsIn(question).join("\n")));
