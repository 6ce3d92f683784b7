import type { CallLimit, LimitKind, LimitOwner } from "../../auth/call-limits.js";
import { invalid } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import type { JsonObject } from "../../lib/json/json.js";
import { isObject } from "../../lib/json/unknown-json.js";
import type { LimitsInput } from "./limits.input.js";
import type { Limits } from "./limits.type.js";

const FIGURES = {
  requestsPerMinute: "REQUESTS",
  tokensPerMinute: "TOKENS",
  concurrentCalls: "CONCURRENCY",
} as const satisfies Record<string, LimitKind>;
type Figure = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as Figure[];

/** Limits as a row keeps them. A figure that is absent does not limit. */
interface Stored extends Partial<Record<Figure, number>> {
  readonly isEnforced?: boolean;
  readonly override?: Partial<Record<Figure, number>> & { readonly until: string };
}

/** The columns with the limits of a key: its own, those of its team, and those that the team has for its keys. */
interface StoredLimits {
  readonly teamId: string;
  readonly keyId: string;
  readonly teamLimits: unknown;
  readonly keyLimits: unknown;
  readonly defaultKeyLimits: unknown;
}

/** Nothing is limited. It is one for all, so that calls without limits make nothing. */
const NO_LIMITS: readonly CallLimit[] = [];

/**
 * The limits that hold at a moment for calls with a key. A figure that the key has not is that of the team for its keys,
 * and is then enforced or only measured as the team says there.
 */
export function callLimitsOf(stored: StoredLimits, now: Date): readonly CallLimit[] {
  const { teamId, keyId, teamLimits, keyLimits, defaultKeyLimits } = stored;
  const limits = [
    ...limitsIn("TEAM", teamId, [storedIn(teamLimits)], now),
    ...limitsIn("KEY", keyId, [storedIn(keyLimits), storedIn(defaultKeyLimits)], now),
  ];
  return limits.length === 0 ? NO_LIMITS : limits;
}

/** Of each kind, the first of the settings that has a figure for it decides. */
function limitsIn(of: LimitOwner, holder: string, settings: readonly Stored[], now: Date): CallLimit[] {
  return FIGURE_NAMES.flatMap((name): CallLimit[] => {
    const kind = FIGURES[name];
    for (const { isEnforced = true, override, ...figures } of settings) {
      const max = overrideAt(override, now)?.[name] ?? figures[name];
      if (max !== undefined) return [{ kind, of, holder, counter: counterOf(of, holder, kind), max, isEnforced }];
    }
    return [];
  });
}

export const counterOf = (of: LimitOwner, holder: string, kind: LimitKind): string => `${of}:${holder}:${kind}`;

const overrideAt = (override: Stored["override"], now: Date): Stored["override"] =>
  override && new Date(override.until) > now ? override : undefined;

const storedIn = (value: unknown): Stored => (isObject(value) ? (value as Stored) : {});

/** Reads and changes the limits that rows keep. */
export class LimitSettings {
  constructor(private readonly clock: Clock) {}

  /** The limits of a row, as they are shown. An override whose time is over is not shown. */
  shown(stored: unknown, wouldRefuse: bigint): Limits {
    const { isEnforced = true, override, ...figures } = storedIn(stored);
    const present = overrideAt(override, this.clock.now());
    return {
      ...figuresOf(figures),
      isEnforced,
      override: present ? { ...figuresOf(present), until: new Date(present.until) } : null,
      wouldRefuse: Number(wouldRefuse),
    };
  }

  /**
   * What a statement merges into the limits of a row: only what was given, and null for what is to be removed. If the
   * whole input is null, all is removed; if it is undefined, nothing changes. `path` names the input in an error.
   */
  changeOf(input: LimitsInput | null | undefined, path: string): JsonObject {
    if (input === undefined) return {};
    if (input === null) return NOTHING_LEFT;
    const { isEnforced, override } = input;
    if (override && override.until <= this.clock.now())
      throw invalid(`${path}.override.until`, "must be in the future", override.until);
    return {
      ...givenFigures(input),
      ...(isEnforced !== undefined && { isEnforced }),
      ...(override !== undefined && {
        override: override && { ...givenFigures(override), until: override.until.toISOString() },
      }),
    };
  }

  /** The limits of a new row. */
  of(input: LimitsInput | null | undefined, path: string): JsonObject {
    return withoutNulls(this.changeOf(input, path));
  }
}

const NOTHING_LEFT: JsonObject = {
  requestsPerMinute: null,
  tokensPerMinute: null,
  concurrentCalls: null,
  isEnforced: null,
  override: null,
};

const figuresOf = (figures: Partial<Record<Figure, number>>) => ({
  requestsPerMinute: figures.requestsPerMinute ?? null,
  tokensPerMinute: figures.tokensPerMinute ?? null,
  concurrentCalls: figures.concurrentCalls ?? null,
});

function givenFigures(input: Partial<Record<Figure, number | null>>): JsonObject {
  const given = FIGURE_NAMES.filter((name) => input[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, input[name] ?? null]));
}

function withoutNulls(object: JsonObject): JsonObject {
  const entries = Object.entries(object).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isObject(value) ? withoutNulls(value as JsonObject) : value]),
  ) as JsonObject;
}
