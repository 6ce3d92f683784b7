/** The order in which the credits of an account are used: the soonest to expire, then promotional ones, then the oldest. */
export const IN_ORDER_OF_USE = "expires_at, category DESC, created_at, id";

/** What is left of an account's grants, each with how many credits are used before it. */
export const leftOf = (accountId: string, isMeant: string, order: string): string =>
  `SELECT *, sum(remaining) OVER (ORDER BY ${order}) - remaining AS before
      FROM credit_grants WHERE account_id = ${accountId} AND remaining > 0 AND ${isMeant}`;
