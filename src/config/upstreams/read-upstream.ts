import type { EnvReader } from "../reader.js";
import type { Place } from "./place.js";
import { readHeaders, readVariable } from "./secrets.js";
import { type Failing, HTTP_KINDS, type HttpKind, type UpstreamConfig, type UpstreamLimits } from "./upstream.js";

const HOUR = 3_600_000;
const NAME = /^[a-z0-9][a-z0-9._-]{0,49}$/;
const KINDS = [...HTTP_KINDS, "simulated"] as const;
/** Where the services are whose formats the kinds have. The others may be anywhere. */
const ADDRESSES: Partial<Record<HttpKind, string>> = {
  openai: "https://api.openai.com/v1",
  anthropic: "https://api.anthropic.com/v1",
};

/** Reads one upstream of the file. Undefined if too little of it is right; the mistakes have been told then. */
export function readUpstream(read: EnvReader, place: Place): UpstreamConfig | undefined {
  const problemsBefore = read.problems.length;
  const name = place.text("name", (text) => NAME.test(text), "must be 1 to 50 lower-case letters, digits or . _ -");
  if (!place.has("name")) place.say("name", "is missing. Models are listed as <name>/<model>");
  const kind = place.text("kind", isKind, `must be one of ${KINDS.join(", ")}`);
  if (!place.has("kind")) place.say("kind", `is missing. It is one of ${KINDS.join(", ")}`);
  const limits = { name: name ?? "", ...readLimits(place) };
  const config =
    kind === "simulated"
      ? { kind: "simulated" as const, ...limits, ...readSimulated(place) }
      : readHttp(read, place, (kind as HttpKind | undefined) ?? "openai-compatible", limits);
  place.refuseOthers((field) => (kind === undefined ? undefined : whyUnknown(field, kind)));
  return read.problems.length > problemsBefore ? undefined : config;
}

const isKind = (text: string): boolean => KINDS.some((kind) => kind === text);

function readLimits(place: Place): Omit<UpstreamLimits, "name"> {
  return {
    firstTokenTimeoutMs: place.integer("firstTokenTimeoutMs", 1, HOUR) ?? null,
    idleTimeoutMs: place.integer("idleTimeoutMs", 1, HOUR) ?? null,
    concurrencyMax: place.integer("concurrencyMax", 1, 100_000) ?? null,
  };
}

function readHttp(read: EnvReader, place: Place, kind: HttpKind, limits: UpstreamLimits): UpstreamConfig | undefined {
  const url = readUrl(place) ?? ADDRESSES[kind];
  if (url === undefined && !place.has("url"))
    place.say("url", "is missing. It is the address before /chat/completions, such as http://localhost:8002/v1");
  if (kind === "azure-openai" && url !== undefined && !/\/openai\/v1|[?&]api-version=/.test(url))
    place.say("url", "must end in /openai/v1, or have the query ?api-version=, such as ?api-version=2024-10-21");
  const apiKey = readVariable(read, place, "apiKeyEnv");
  const headers = readHeaders(read, place, kind);
  const responses = readApi(place, kind, url) === "responses" && { hasResponses: true as const };
  return url === undefined ? undefined : { kind, url, apiKey, headers, ...responses, ...limits };
}

/** Which of OpenAI's two interfaces is spoken. Azure's older one has chat completions only. */
function readApi(place: Place, kind: HttpKind, url: string | undefined): string | undefined {
  const api = place.text("api", (text) => text === "chat" || text === "responses", "must be chat or responses");
  if (kind === "anthropic" && api !== undefined) place.say("api", "is not a field of the kind anthropic");
  if (kind === "azure-openai" && api === "responses" && url?.includes("/openai/v1") === false)
    place.say("api", "must be chat, unless url ends in /openai/v1: Azure's older interface has no responses");
  return api;
}

/** An address may have a credential in it. So a wrong one is shown by its beginning alone. */
function readUrl(place: Place): string | undefined {
  const given = place.value("url");
  if (given === undefined) return undefined;
  const url = typeof given === "string" && URL.canParse(given) ? new URL(given) : undefined;
  if (typeof given !== "string" || !url || !/^https?:$/.test(url.protocol))
    return place.refuse("url", "must be a URL starting with http:// or https://", beginningOf(given));
  if (url.username + url.password !== "")
    return place.say("url", "has a user or a password, which do not belong in the file. Use apiKeyEnv or headers");
  if (/[?&][^=]*(?:key|token|secret|sig|passw)[^=]*=/i.test(url.search))
    return place.say("url", "has a query that looks like a key, which does not belong in the file. Use headers");
  const end = /\/(?:chat\/completions|completions|messages|responses|embeddings|moderations)\/*$/.exec(
    url.pathname,
  )?.[0];
  if (end !== undefined) return place.say("url", `must be the address before ${end.replace(/\/+$/, "")}`);
  return given;
}

const beginningOf = (given: unknown): unknown =>
  typeof given === "string" ? given.split(/[:/@?]/, 1)[0] : typeof given;

function readSimulated(place: Place): { tokenMs: number; failing: Failing | null } {
  const tokenMs = place.integer("tokenMs", 0, 10_000) ?? 15;
  const failing = place.object("failing");
  const share = failing?.number("share", "must be a number from 0 to 1", 0, 1) ?? 1;
  const status = failing?.integer("status", 400, 599) ?? 503;
  failing?.refuseOthers();
  return { tokenMs, failing: failing ? { share, status } : null };
}

/** Fields that would be a mistake which people make. Their values may be keys, so they are not shown. */
function whyUnknown(field: string, kind: string): string | undefined {
  if (/^(?:api[-_]?key|key|token|secret|password)$/i.test(field))
    return "does not belong in the file. Put the key into an environment variable, and name the variable as apiKeyEnv";
  const isOfSimulated = field === "tokenMs" || field === "failing";
  if (isOfSimulated || ["url", "api", "apiKeyEnv", "headers"].includes(field))
    return `is not a field of the kind ${kind}`;
  return undefined;
}
