import type { LimitFigures, LimitKind, LimitName, LimitState } from "../../auth/call-limits.js";
import type { DomainError } from "../../lib/errors.js";
import type { Asked, Counted } from "./counting/counter.js";
import { rateLimited } from "./limit-refusal.js";

/** A limit, and where it stands. */
export interface Standing {
  readonly asked: Asked;
  readonly counted: Counted;
}

const FIELDS = { REQUESTS: "requests", TOKENS: "tokens", CONCURRENCY: "concurrency" } as const satisfies Record<
  LimitKind,
  keyof LimitState
>;

const nameOf = ({ of, kind }: Pick<Asked, "of" | "kind">): LimitName => `${of}_${kind}`;

/** Of each kind, the enforced limit of which the least is left. */
export function stateOf(standings: readonly Standing[], refusing: Standing | undefined): LimitState {
  const nearest: { [Field in (typeof FIELDS)[LimitKind]]?: LimitFigures } = {};
  for (const { asked, counted } of standings) {
    if (!asked.isEnforced) continue;
    const field = FIELDS[asked.kind];
    const figures = figuresOf(asked, counted);
    const known = nearest[field];
    if (!known || figures.remaining < known.remaining) nearest[field] = figures;
  }
  const over = standings.filter(({ asked, counted }) => counted.isOver && !asked.isEnforced);
  const wouldRefuse = refusing ? [] : over.map(({ asked }) => nameOf(asked));
  return { ...nearest, ...(refusing && { refusedBy: nameOf(refusing.asked) }), wouldRefuse };
}

const figuresOf = ({ of, max }: Asked, { used, resetMs }: Counted): LimitFigures => ({
  of,
  limit: max,
  remaining: Math.max(0, max - used),
  resetMs,
});

/** The limit that refuses a call. If there are several, the one that refuses for the longest. */
export function refusingOf(standings: readonly Standing[]): Standing | undefined {
  const refusing = standings.filter(({ asked, counted }) => asked.isEnforced && counted.isOver);
  return refusing.sort((one, other) => other.counted.resetMs - one.counted.resetMs)[0];
}

/** The error of a call that a limit refuses. */
export function refusalOf({ asked, counted }: Standing): DomainError {
  const { kind, of, max, cost } = asked;
  const { used, resetMs } = counted;
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
