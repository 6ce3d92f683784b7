import { ACTS_OF_ADMIN } from "./acts-of-admin.js";
import { ACTS_ON_TEAMS } from "./acts-on-teams.js";
import { ACTS_ON_WEBHOOKS } from "./acts-on-webhooks.js";
import { ENDS_OF_ORGANIZATIONS } from "./ends-of-organizations.js";

/** One valid request for each recorded operation, in an order in which each finds what it needs. */
export const TRIED_ACTS = { ...ACTS_OF_ADMIN, ...ACTS_ON_TEAMS, ...ACTS_ON_WEBHOOKS, ...ENDS_OF_ORGANIZATIONS };
