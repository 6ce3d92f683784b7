/** Whether a person has typed this name. What nobody sees, such as a second space or a mark of direction, does not count. */
export const isSameName = (typed: string, name: string): boolean =>
  typed === name || (visibleOf(typed) !== "" && visibleOf(typed) === visibleOf(name));

const visibleOf = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[\p{Cf}\p{Cc}]/gu, (unseen) => (/\s/.test(unseen) ? " " : ""))
    .replace(/\s+/g, " ")
    .trim();
