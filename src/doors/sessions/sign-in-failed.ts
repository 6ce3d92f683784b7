/** Why somebody could not sign in, as the page is told. */
export type SignInFailure =
  /** It took too long, was finished before, or was begun in another browser or tab. */
  | "SIGN_IN_EXPIRED"
  /** The provider does not answer. */
  | "PROVIDER_AWAY"
  /** The provider let nobody in, or its answer cannot be trusted. */
  | "PROVIDER_REFUSED"
  /** The provider does not give the person any role here. */
  | "NO_ROLE"
  /** The person needs an organization, and has none, or one that is not there. */
  | "NO_ORGANIZATION";

/** Ends a sign-in. `code` says more, for the log: a word of a fixed list, and nothing of the person. */
export class SignInFailed extends Error {
  constructor(
    readonly reason: SignInFailure,
    readonly code: string | null = null,
    options?: ErrorOptions,
  ) {
    super(`Nobody has signed in: ${reason}.`, options);
  }
}
