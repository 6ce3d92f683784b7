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
 * Milliseconds: how long tokens took from the upstream to the client, and how much later they arrived through the other
 * gateway. Those are NaN if there is none.
 */
export type Followed = Readonly<Record<"delayP50" | "delayP99" | "addedP50" | "addedP99", number>>;
