/** The tokens of an endless text. No two are the same, so a token that is lost, repeated or out of order shows. */
export const tokenAt = (index: number): string => `${index} `;

export const textOfTokens = (count: number): string =>
  Array.from({ length: count }, (_, index) => tokenAt(index)).join("");

/** What the upstream answers to a question that is not to be streamed. */
export const PLAIN_ANSWER = "A tollgate is a barrier across a road where travellers pay before they pass.";
