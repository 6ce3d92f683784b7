/** Those of others cost a job that ends nothing, but somebody counts them all before one is created. */
export const WEBHOOKS_MAX = 10_000;
/** Of an organization with its teams, and of the admin for everything. */
export const WEBHOOKS_OF_OWNER_MAX = 20;
/** Test events of a webhook that have not arrived yet. */
export const TESTS_PENDING_MAX = 10;
/** How often a delivery is tried in all, by itself and by hand. */
export const TRIES_OF_DELIVERY_MAX = 100;
/** For how long events, with their deliveries and tries, are kept. */
export const DELIVERIES_KEPT_DAYS = 30;
