export const USAGE_FIRST_DEFAULT = 100;
export const USAGE_FIRST_MAX = 1_000;
/** How long a range may be. */
export const USAGE_YEARS_MAX = 10;
/** How many hours, days or months a range may have. It is more than a year of hours. */
export const USAGE_BUCKETS_MAX = 10_000;
