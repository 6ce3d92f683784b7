import type { EnvReader } from "./reader.js";

export type UpstreamConfig =
  | {
      readonly kind: "openai-compatible";
      readonly url: string;
      readonly apiKey: string | undefined;
    }
  | { readonly kind: "simulated"; readonly tokenMs: number };

const WAYS_TO_GO = "Set UPSTREAM_URL to the server that answers, or SIMULATED=on.";

/**
 * Reads who answers. `setForUse` are the variables that show that the gateway is set up for real use. Such a gateway
 * simulates only if it is told to, because nobody is to sell simulated answers by mistake.
 */
export function readUpstream(read: EnvReader, setForUse: readonly string[]): UpstreamConfig {
  const isSet = read.isSet("UPSTREAM_URL");
  const isChosen = read.isSet("SIMULATED");
  const url = read.url("UPSTREAM_URL", ["http", "https"]);
  const apiKey = read.secret("UPSTREAM_API_KEY");
  const tokenMs = read.integer("SIMULATED_TOKEN_MS", 15, 0, 10_000);
  const simulated = read.oneOf("SIMULATED", null, ["on", "off"]);
  if (isSet && simulated === "on")
    read.problems.push("UPSTREAM_URL is set and SIMULATED is on, but only one of them can answer. Remove the other.");
  if (!isSet && simulated === "off")
    read.problems.push("UPSTREAM_URL is not set, and SIMULATED=off forbids the simulated model. Set UPSTREAM_URL.");
  if (!isSet && !isChosen && setForUse.length > 0)
    read.problems.push(
      `UPSTREAM_URL is not set, although ${setForUse.join(" and ")} ${setForUse.length > 1 ? "are" : "is"}: this gateway would sell answers of the simulated model. ${WAYS_TO_GO}`,
    );
  return url ? { kind: "openai-compatible", url, apiKey } : { kind: "simulated", tokenMs };
}
