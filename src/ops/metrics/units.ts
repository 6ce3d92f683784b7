/** Prometheus counts time in seconds. */
export const seconds = (ms: number): number => ms / 1_000;

/** The upper bounds of the buckets of histograms, in seconds. */
export const SECONDS_OF_REQUESTS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
];
export const SECONDS_OF_MODELS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300];
export const SECONDS_OF_TOKENS = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 1];
export const SECONDS_OF_OURS = [0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.125, 0.25, 0.5, 1, 2.5, 10];
/** From at once to a day. */
export const SECONDS_OF_DELIVERIES = [0.1, 0.5, 1, 2, 5, 15, 60, 300, 900, 3_600, 14_400, 43_200, 86_400];
