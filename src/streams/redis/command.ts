/** A Redis command and its arguments. */
export type Command = readonly [name: "xadd" | "pexpire" | "eval" | "evalsha", ...args: (string | number)[]];

/** The stream with what processes tell each other. A process that cannot write or read it has no use for Redis. */
export const NEWS_KEY = "tollgate:news";
const NEWS_MAX = 1_000;
const NEWS_KEPT_MS = 3_600_000;

/** Adds an entry to the news. */
export const addNews = (...fields: readonly string[]): Command[] => [
  ["xadd", NEWS_KEY, "MAXLEN", "~", NEWS_MAX, "*", ...fields],
  ["pexpire", NEWS_KEY, NEWS_KEPT_MS],
];
