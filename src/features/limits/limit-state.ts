import type { CallLimit, LimitFigures, LimitKind, LimitName, LimitState } from "../../auth/call-limits.js";
import type { DomainError } from "../../lib/errors.js";
import type { Standing } from "./counting/counter.js";
import { rateLimited } from "./limit-refusal.js";

type Nearest = { requests?: LimitFigures; tokens?: LimitFigures; concurrency?: LimitFigures };

const FIELDS = { REQUESTS: "requests", TOKENS: "tokens", CONCURRENCY: "concurrency" } as const satisfies Record<
  LimitKind,
  keyof Nearest
>;
const NONE: readonly LimitName[] = [];

const nameOf = ({ of, kind }: CallLimit): LimitName => `${of}_${kind}`;

/** Of each kind, the enforced limit of which the least is left. */
export function stateOf(standings: readonly Standing[], refusing: Standing | undefined): LimitState {
  const nearest: Nearest = {};
  let wouldRefuse = NONE;
  for (const { limit, isOver, used, resetMs } of standings) {
    if (!limit.isEnforced) {
      if (isOver && !refusing) wouldRefuse = [...wouldRefuse, nameOf(limit)];
      continue;
    }
    const field = FIELDS[limit.kind];
    const remaining = Math.max(0, limit.max - used);
    const known = nearest[field];
    if (!known || remaining < known.remaining)
      nearest[field] = { of: limit.of, limit: limit.max, remaining, resetMs: Math.ceil(resetMs) };
  }
  return refusing ? { ...nearest, refusedBy: nameOf(refusing.limit), wouldRefuse } : { ...nearest, wouldRefuse };
}

/** The limit that refuses a call. If there are several, the one that refuses for the longest. */
export function refusingOf(standings: readonly Standing[]): Standing | undefined {
  let refusing: Standing | undefined;
  for (const standing of standings)
    if (standing.isOver && standing.limit.isEnforced && standing.resetMs >= (refusing?.resetMs ?? 0))
      refusing = standing;
  return refusing;
}

/** The error of a call that a limit refuses. */
export function refusalOf({ limit: { kind, of, max }, cost, used, resetMs }: Standing): DomainError {
  const holder = of === "TEAM" ? "The team" : "The key";
  const again = `Try again in ${secondsOf(resetMs)}.`;
  const sentences: Record<LimitKind, string> = {
    REQUESTS: `${holder} may begin ${callsOf(max)} a minute, and has begun ${used}. ${again}`,
    TOKENS: `${holder} may use ${max} tokens a minute, of which ${used} are used or reserved. This call may need ${cost}. ${again}`,
    CONCURRENCY: `${holder} may have ${callsOf(max)} running at once, and has ${used}. Try again when one of them has ended.`,
  };
  return rateLimited({
    limit: kind,
    of,
    allowed: max,
    used,
    message: sentences[kind],
    ...(kind !== "CONCURRENCY" && { retryAfterMs: resetMs }),
  });
}

const callsOf = (count: number): string => (count === 1 ? "1 call" : `${count} calls`);

function secondsOf(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}
