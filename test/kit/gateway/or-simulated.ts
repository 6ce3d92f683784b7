/** Adds to a gateway's variables that it simulates, unless they name an upstream. */
export const orSimulated = (env: Record<string, string>): Record<string, string> => ({
  ...(env.UPSTREAM_URL ? {} : { SIMULATED: "on" }),
  ...env,
});
