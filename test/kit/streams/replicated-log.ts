import { createLog } from "../../../src/lib/log.js";
import type { PlainForm } from "../../../src/streams/redis/log-entry.js";
import { LogMirror } from "../../../src/streams/redis/log-mirror.js";
import { LogReplicas } from "../../../src/streams/redis/log-replicas.js";
import { openRedis } from "../../../src/streams/redis/open-redis.js";
import { signalled } from "../signalled.js";
import { type Log, logOf } from "./stream-log.js";

const END = "END";
const KEPT_MS = 60_000;

/** A log of texts that one side writes and another side follows through Redis, as two processes do. */
export interface ReplicatedLog {
  readonly log: Log;
  readonly mirror: LogMirror<string, string>;
  readonly replicas: LogReplicas<string, string>;
  /** Ends a log, as a call is settled and then said to be finished. */
  end(key: string): void;
  close(): Promise<void>;
}

const FORM: PlainForm<string, string> = {
  writeItem: (item) => (item === END ? undefined : item),
  readItem: (plain) => (typeof plain === "string" ? plain : undefined),
  writeState: (state) => ({ plain: state.replace(END, ""), hasEnded: state.endsWith(END) }),
  readState: (plain) => (typeof plain === "string" ? plain : undefined),
};

export async function startReplicatedLog(url: string, limits: Parameters<typeof logOf>[0]): Promise<ReplicatedLog> {
  const [owner, follower] = await Promise.all([up(url), up(url)]);
  const [log, copies] = [logOf(limits), logOf(limits)];
  const mirror = new LogMirror({ ...owner, log, form: FORM, keptMs: KEPT_MS });
  const ends = new Map<string, ReturnType<typeof signalled<void>>>();
  const endOfKey = (key: string) => {
    const end = ends.get(key) ?? signalled<void>();
    ends.set(key, end);
    return end;
  };
  const endOf = (key: string) => endOfKey(key).promise.then(() => END);
  const replicas = new LogReplicas({ ...follower, log: copies, form: FORM, endOf });
  return {
    log,
    mirror,
    replicas,
    end: (key) => {
      endOfKey(key).resolve();
      log.append(key, END);
      log.close(key);
    },
    close: async () => {
      log.dispose();
      copies.dispose();
      await Promise.all([owner.link.close(), follower.link.close()]);
    },
  };
}

/** Returns once it is connected. */
async function up(url: string) {
  const { link, peers } = await openRedis(url, createLog("silent"));
  const { promise, resolve } = signalled<void>();
  link.onChange(() => link.isUp && resolve());
  await promise;
  return { link, peers };
}
