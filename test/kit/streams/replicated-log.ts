import { createLog } from "../../../src/lib/log.js";
import type { PlainForm } from "../../../src/streams/redis/log-entry.js";
import { LogMirror } from "../../../src/streams/redis/log-mirror.js";
import { LogReplicas } from "../../../src/streams/redis/log-replicas.js";
import { openRedis } from "../../../src/streams/redis/open-redis.js";
import type { LogEnd } from "../../../src/streams/redis/replica.js";
import { signalled } from "../signalled.js";
import { type Log, logOf } from "./stream-log.js";

const END = "END";
const KEPT_MS = 60_000;

type Limits = Parameters<typeof logOf>[0];

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

export async function startReplicatedLog(url: string, limits: Limits): Promise<ReplicatedLog> {
  const [owner, follower] = await Promise.all([startOwner(url, limits), startFollower(url, limits)]);
  return {
    log: owner.log,
    mirror: owner.mirror,
    replicas: follower.replicas,
    end: (key) => {
      follower.end(key);
      owner.end(key);
    },
    close: async () => {
      await Promise.all([owner.close(), follower.close()]);
    },
  };
}

export async function startOwner(url: string, limits: Limits) {
  const { link, peers } = await connected(url);
  const log = logOf(limits);
  let written = 0;
  const counted = <Written>(text: string, inForm: Written): Written => {
    written += text.length;
    return inForm;
  };
  const form: typeof FORM = {
    ...FORM,
    writeItem: (item) => counted(item, FORM.writeItem(item)),
    writeState: (state) => counted(state, FORM.writeState(state)),
  };
  return {
    log,
    mirror: new LogMirror({ link, peers, log, form, keptMs: KEPT_MS }),
    /** How many characters were put in the form in which they go to Redis. */
    written: () => written,
    end: (key: string) => {
      log.append(key, END);
      log.close(key);
    },
    close: () => {
      log.dispose();
      return link.close();
    },
  };
}

export async function startFollower(url: string, limits: Limits) {
  const { link, peers } = await connected(url);
  const log = logOf(limits);
  const ends = new Map<string, ReturnType<typeof signalled<LogEnd<string>>>>();
  const endOf = (key: string) => {
    const end = ends.get(key) ?? signalled<LogEnd<string>>();
    ends.set(key, end);
    return end;
  };
  const form = FORM;
  return {
    replicas: new LogReplicas({ link, peers, log, form, endOf: (key) => endOf(key).promise }),
    end: (key: string, isComplete = true) => endOf(key).resolve({ last: END, isComplete }),
    close: () => {
      log.dispose();
      return link.close();
    },
  };
}

async function connected(url: string) {
  const { link, peers } = await openRedis(url, createLog("silent"));
  const { promise, resolve } = signalled<void>();
  link.onChange(() => link.isUp && resolve());
  await promise;
  return { link, peers };
}
