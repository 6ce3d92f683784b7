/** Adds to a gateway's variables that it simulates, unless they name who answers. */
export const orSimulated = (env: Record<string, string>): Record<string, string> => ({
  ...(env.UPSTREAM_URL || env.UPSTREAMS ? {} : { SIMULATED: "on" }),
  ...env,
});
