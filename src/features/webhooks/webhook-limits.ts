/** Those of others cost a job that ends nothing, but somebody counts them all before one is created. */
export const WEBHOOKS_MAX = 10_000;
/** Of an organization with its teams, and of the admin for everything. */
export const WEBHOOKS_OF_OWNER_MAX = 20;
/** Test events of a webhook that have not arrived yet. */
export const TESTS_PENDING_MAX = 10;
/** How often a delivery is tried in all, by itself and by hand. */
export const TRIES_OF_DELIVERY_MAX = 100;
/** For how long, in seconds, the secret before signs as well, if nobody says: a day. */
export const GRACE_SECONDS_DEFAULT = 86_400;
/**
 * For how long events, with their deliveries and tries, are kept. An event that is there is not told again, so it is longer than
 * the longest month: a budget of a month is told of once.
 */
export const DELIVERIES_KEPT_DAYS = 32;
