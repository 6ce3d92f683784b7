import type { Redis } from "ioredis";
import { addNews, type Command, NEWS_KEY } from "./command.js";

/** What Redis has answered to a command, for each: an error, or a result. */
export type Answers = readonly (readonly [error: Error | null, result: unknown])[];

/** What Redis says to whoever writes. Other failures of a script are its own. */
const WRITES_NOTHING = /^(OOM|READONLY|MISCONF|NOREPLICAS) /;

/** Whether Redis itself has answered with this error. A connection that breaks is none of its answers. */
export const isRefusal = (error: unknown): error is Error => error instanceof Error && error.name === "ReplyError";

/**
 * The first answer that says that Redis does not do what is asked of it. A key of a log that holds something else is the
 * affair of that log alone.
 */
export function refusalIn(commands: readonly Command[], answers: Answers): Error | undefined {
  for (const [index, [error]] of answers.entries())
    if (isRefusal(error) && isOfRedis(error, commands[index])) return error;
  return undefined;
}

function isOfRedis({ message }: Error, command: Command | undefined): boolean {
  if (command?.[0] === "eval" || command?.[0] === "evalsha") return WRITES_NOTHING.test(message);
  return command?.[1] === NEWS_KEY || !message.startsWith("WRONGTYPE");
}

/** News of nothing. */
const NOTHING = JSON.stringify({ watched: [], asked: [], changed: [] });

/** Does once what is always done: writes news, and reads them. Returns why Redis refuses it, if it does. */
export async function tryOut(writer: Redis, reader: Redis): Promise<Error | undefined> {
  const commands = addNews("by", "a trial", "news", NOTHING);
  try {
    const answers = (await writer.pipeline(commands as unknown as unknown[][]).exec()) ?? [];
    await reader.call("XREAD", "COUNT", 1, "STREAMS", NEWS_KEY, "$");
    return refusalIn(commands, answers);
  } catch (error) {
    return isRefusal(error) ? error : undefined;
  }
}
