/** What a person may do who has signed in. A VIEWER reads, and changes nothing. */
export type PersonRole = "ADMIN" | "ORGANIZATION" | "VIEWER";

/** Somebody who has signed in through the OpenID provider, until the session ends. */
export interface Person {
  /** The provider's id of the person, which it gives to nobody else: the claim `sub`. */
  readonly subject: string;
  /** For people to read. */
  readonly name: string;
  readonly role: PersonRole;
  /** When the session ends. */
  readonly expiresAt: Date;
}

/** What a session says, in the words of the moment when it began. */
export interface Session extends Person {
  /** The organization that the person is of. Null for those who reach everything. */
  readonly organizationId: string | null;
}
