/** The tokens of an endless text, each another: what is lost, repeated or out of order shows. */
export const tokenAt = (index: number): string => `${index} `;

export const textOfTokens = (count: number): string =>
  Array.from({ length: count }, (_, index) => tokenAt(index)).join("");
