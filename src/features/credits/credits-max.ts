/** The most credits that an account can have been given in all: PostgreSQL's integer goes no further. */
export const CREDITS_MAX = 2_147_483_647;
