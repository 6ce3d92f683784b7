/** The provider that people may sign in through, as the gateway tells it. */
export interface Provider {
  readonly name: string;
}

const WORDS: Readonly<Record<string, string>> = {
  SIGN_IN_EXPIRED: "Signing in took too long, or was begun in another window. Try again.",
  PROVIDER_AWAY: "The provider cannot be reached. Try again later, or sign in with a key.",
  PROVIDER_REFUSED: "The provider did not let you sign in.",
  NO_ROLE: "You have no role here. Ask who manages the provider for one.",
  NO_ORGANIZATION: "Your organization is not known here.",
};

/** Returns the provider, or null if the gateway offers none. */
export async function askProvider(): Promise<Provider | null> {
  const answer = await fetch("/console/auth").catch(() => null);
  if (!answer?.ok) return null;
  const { oidc } = (await answer.json()) as { oidc: { isOffered: boolean; name: string | null } };
  return oidc.isOffered ? { name: oidc.name ?? "the provider" } : null;
}

/** Leads to the provider, which leads back to this page. */
export function goToProvider(): void {
  const returnTo = `${location.pathname}${location.search}`;
  location.assign(`/console/auth/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
}

/** Ends the session. Rejects if the gateway does not answer, or refuses. */
export async function endSession(): Promise<void> {
  const { ok, status } = await fetch("/console/auth/sign-out", { method: "POST" });
  if (!ok) throw new Error(`The gateway answered with status ${status}.`);
}

/** Returns why the way back from the provider failed, if it did, and takes it out of the address. */
export function takeSignInError(): string | null {
  const search = new URLSearchParams(location.search);
  const reason = search.get("signInError");
  if (reason === null) return null;
  search.delete("signInError");
  history.replaceState(null, "", `${location.pathname}${search.size > 0 ? `?${search}` : ""}`);
  return WORDS[reason] ?? "Signing in failed.";
}
