export interface FollowAsked {
  /** The gateway that runs the calls. */
  readonly own: string;
  /** Another gateway, through which each call is followed as well. */
  readonly elsewhere?: string;
  readonly key: string;
  readonly modelGroup: string;
  readonly streams: number;
  readonly tokens: number;
}

/**
 * Milliseconds: how long tokens took from the upstream to the client; how long it took until the other gateway sent the
 * first; and how much later those that were sent from then on arrived through it. The last are NaN if there is none.
 */
export type Followed = Readonly<Record<"delayP50" | "delayP99" | "joinedP50" | "addedP50" | "addedP99", number>>;
