/** Every job that ends looks which webhooks are told of it, so there are not many. */
export const WEBHOOKS_MAX = 100;
/** Of an organization with its teams, and of the admin for everything. */
export const WEBHOOKS_OF_OWNER_MAX = 20;
/** Test events of a webhook that have not arrived yet. */
export const TESTS_PENDING_MAX = 10;
/** How often a delivery is tried in all, by itself and by hand. */
export const TRIES_OF_DELIVERY_MAX = 100;
/** For how long events, with their deliveries and tries, are kept. */
export const DELIVERIES_KEPT_DAYS = 30;
