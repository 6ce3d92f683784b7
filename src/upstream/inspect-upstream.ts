import { request } from "undici";
import type { UpstreamConfig } from "../config/upstream.js";
import { isObject, parseJson } from "../lib/json/unknown-json.js";
import { StartError } from "../lib/start-error.js";
import { systemCode } from "../lib/system-code.js";

/** A list of models needs no model, so it comes at once. */
const TIMEOUT_MS = 10_000;
/** The most models that are named. */
const NAMED_MAX = 3;

/**
 * Asks the configured upstream for its models and returns what was found, in one sentence. Throws StartError if it gives
 * no list of models.
 */
export async function inspectUpstream(config: UpstreamConfig): Promise<string> {
  if (config.kind === "simulated") return "The simulated model answers.";
  const url = modelsUrl(config.url);
  const shown = `${url.origin}${url.pathname}`;
  const ids = idsIn(await ask(url, shown, config.apiKey));
  if (!ids) throw new StartError(`GET ${shown} does not answer with a list of models. ${CHECK_URL}`);
  if (ids.length === 0) return `${shown} lists no model.`;
  const [named, more] = [ids.slice(0, NAMED_MAX), ids.length - NAMED_MAX];
  return `${shown} lists ${ids.length === 1 ? "1 model" : `${ids.length} models`}: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
}

const CHECK_URL = "UPSTREAM_URL is the address before /chat/completions, such as http://localhost:8002/v1.";

function modelsUrl(upstreamUrl: string): URL {
  const url = new URL(upstreamUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/models`;
  return url;
}

async function ask(url: URL, shown: string, apiKey: string | undefined): Promise<string> {
  const headers = { accept: "application/json", ...(apiKey && { authorization: `Bearer ${apiKey}` }) };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { status, text } = await request(url, { headers, signal })
    .then(async ({ statusCode, body }) => ({ status: statusCode, text: await body.text() }))
    .catch((error: unknown) => {
      throw new StartError(`GET ${shown} gets no answer: ${reasonOf(error)}.`, { cause: error });
    });
  if (status === 200) return text;
  if (status === 401 || status === 403)
    throw new StartError(`GET ${shown} answers ${status}: the upstream does not accept UPSTREAM_API_KEY.`);
  throw new StartError(`GET ${shown} answers ${status}. ${CHECK_URL}`);
}

/** Returns the ids of a list in OpenAI's format. Undefined if the text is no such list. */
function idsIn(text: string): string[] | undefined {
  const list = parseJson(text);
  const models = isObject(list) ? list.data : undefined;
  if (!Array.isArray(models)) return undefined;
  return models.flatMap((model: unknown) => (isObject(model) && typeof model.id === "string" ? [model.id] : []));
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") return `none came within ${TIMEOUT_MS / 1_000} s`;
  return systemCode(error) ?? (error instanceof Error ? error.message : String(error));
}
