/** What a limit counts: calls begun in a minute, their tokens, or the calls that run at once. */
export type LimitKind = "REQUESTS" | "TOKENS" | "CONCURRENCY";
/** Whose calls a limit counts: all of a team's, or those with one key. */
export type LimitOwner = "TEAM" | "KEY";
/** Names a limit, for the log. */
export type LimitName = `${LimitOwner}_${LimitKind}`;

/** One limit that the calls of a viewer are held to. */
export interface CallLimit {
  readonly kind: LimitKind;
  readonly of: LimitOwner;
  /** The id of the team or of the key. */
  readonly holder: string;
  /** Names what counts it, among those of all teams and keys. */
  readonly counter: string;
  readonly max: number;
  /** If not, what goes beyond it is counted and let through. */
  readonly isEnforced: boolean;
}

/** Where a limit stands after a call was counted. */
export interface LimitFigures {
  readonly of: LimitOwner;
  readonly limit: number;
  readonly remaining: number;
  /** In how many milliseconds its minute is over, so that all of it is free again. 0 for calls at once. */
  readonly resetMs: number;
}

/** Where the limits of a viewer stand. Of each kind, it has the limit that is nearest to refuse a call. */
export interface LimitState {
  readonly requests?: LimitFigures;
  readonly tokens?: LimitFigures;
  readonly concurrency?: LimitFigures;
  /** The limit that refused the call. */
  readonly refusedBy?: LimitName;
  /** Limits that are only measured, and would have refused it. */
  readonly wouldRefuse: readonly LimitName[];
}

/** Who wants to be told where the limits stand that a call was counted by. Nothing is told if there are none. */
export interface LimitSink {
  limits: LimitState | null;
}
