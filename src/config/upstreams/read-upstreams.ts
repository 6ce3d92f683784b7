import type { EnvReader } from "../reader.js";
import { HEADER_RULE, isHeaderValue } from "./secrets.js";
import { DEFAULT_UPSTREAM, type UpstreamConfig } from "./upstream.js";
import { readUpstreamsFile } from "./upstreams-file.js";

const WAYS_TO_GO = "Set UPSTREAM_URL to the server that answers, or SIMULATED=on.";

/** What the short way cannot say. */
const NO_LIMITS = { firstTokenTimeoutMs: null, idleTimeoutMs: null, concurrencyMax: null };

/**
 * Reads who answers: the upstreams of the file that UPSTREAMS names, and the one that UPSTREAM_URL or SIMULATED stand for,
 * which is called "default" and comes first. Without any of them the simulated model is the default. `setForUse` are the
 * variables that show that the gateway is set up for real use. Such a gateway simulates only if it is told to, because
 * nobody is to sell simulated answers by mistake.
 */
export function readUpstreams(read: EnvReader, setForUse: readonly string[]): readonly UpstreamConfig[] {
  const file = read.text("UPSTREAMS");
  const ofFile = file === undefined ? [] : readUpstreamsFile(read, file);
  const isSet = read.isSet("UPSTREAM_URL");
  const url = read.url("UPSTREAM_URL", ["http", "https"]);
  const apiKey = read.secret("UPSTREAM_API_KEY");
  if (apiKey !== undefined && !isHeaderValue(apiKey)) read.problems.push(`UPSTREAM_API_KEY must be ${HEADER_RULE}.`);
  const tokenMs = read.integer("SIMULATED_TOKEN_MS", 15, 0, 10_000);
  const simulated = read.oneOf("SIMULATED", null, ["on", "off"]);
  refuseTwoDefaults(read, ofFile, simulated);
  if (file === undefined) refuseNobody(read, simulated, setForUse);
  const ofDefault = { name: DEFAULT_UPSTREAM, ...NO_LIMITS };
  if (url) return [{ ...ofDefault, kind: "openai-compatible", url, apiKey, headers: {} }, ...ofFile];
  if (isSet || (file !== undefined && simulated !== "on")) return ofFile;
  return [{ ...ofDefault, kind: "simulated", tokenMs, failing: null }, ...ofFile];
}

function refuseTwoDefaults(read: EnvReader, ofFile: readonly UpstreamConfig[], simulated: "on" | "off" | null): void {
  const isSet = read.isSet("UPSTREAM_URL");
  if (isSet && simulated === "on")
    read.problems.push("UPSTREAM_URL is set and SIMULATED is on, but only one of them can answer. Remove the other.");
  const [ofModel] = ofFile.filter(({ kind }) => kind === "simulated");
  if (ofModel && simulated === "off")
    read.problems.push(`SIMULATED=off forbids the simulated model, but UPSTREAMS has it as "${ofModel.name}".`);
  if (!ofFile.some(({ name }) => name === DEFAULT_UPSTREAM) || !(isSet || simulated === "on")) return;
  const other = isSet ? "UPSTREAM_URL is set" : "SIMULATED is on";
  read.problems.push(
    `UPSTREAMS has an upstream named "${DEFAULT_UPSTREAM}" and ${other}, but only one of them can be it. Remove the other.`,
  );
}

/** Without a file somebody must answer. */
function refuseNobody(read: EnvReader, simulated: "on" | "off" | null, setForUse: readonly string[]): void {
  if (read.isSet("UPSTREAM_URL")) return;
  if (simulated === "off")
    read.problems.push("UPSTREAM_URL is not set, and SIMULATED=off forbids the simulated model. Set UPSTREAM_URL.");
  if (!read.isSet("SIMULATED") && setForUse.length > 0)
    read.problems.push(
      `UPSTREAM_URL is not set, although ${setForUse.join(" and ")} ${setForUse.length > 1 ? "are" : "is"}: this gateway would sell answers of the simulated model. ${WAYS_TO_GO}`,
    );
}
