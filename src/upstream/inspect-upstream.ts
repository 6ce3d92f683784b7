import { request } from "undici";
import { DEFAULT_UPSTREAM, type HttpUpstreamConfig, type UpstreamConfig } from "../config/upstreams/upstream.js";
import { isObject, parseJson } from "../lib/json/unknown-json.js";
import { StartError } from "../lib/start-error.js";
import { systemCode } from "../lib/system-code.js";

/** A list of models needs no model, so it comes at once. */
const TIMEOUT_MS = 10_000;
/** The most models that are named. */
const NAMED_MAX = 3;
/** The longest public list of models has half a mebibyte. */
const LIST_MAX_BYTES = 8 * 1024 * 1024;
const NAME_MAX_CHARACTERS = 80;

/**
 * Asks the configured upstream for its models and returns what was found, in one sentence. Throws StartError if it gives
 * no list of models.
 */
export async function inspectUpstream(config: UpstreamConfig): Promise<string> {
  const who = config.name === DEFAULT_UPSTREAM ? "" : `${config.name}: `;
  if (config.kind === "simulated") return `${who}The simulated model answers.`;
  const url = modelsUrl(config);
  const shown = `${url.origin}${url.pathname}`;
  const ids = idsIn(await ask(url, { who, shown, config }));
  if (!ids) throw new StartError(`${who}GET ${shown} does not answer with a list of models. ${checkUrl(who)}`);
  if (ids.length === 0) return `${who}${shown} lists no model.`;
  const [named, more] = [ids.slice(0, NAMED_MAX).map(inOneLine), ids.length - NAMED_MAX];
  return `${who}${shown} lists ${ids.length === 1 ? "1 model" : `${ids.length} models`}: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
}

const checkUrl = (who: string): string =>
  `${who === "" ? "UPSTREAM_URL" : "Its url"} is the address before /chat/completions, such as http://localhost:8002/v1.`;

function modelsUrl(config: HttpUpstreamConfig): URL {
  const url = new URL(config.url);
  const isOldAzure = config.kind === "azure-openai" && !url.pathname.includes("/openai/v1");
  url.pathname = `${url.pathname.replace(/\/+$/, "")}${isOldAzure ? "/openai" : ""}/models`;
  return url;
}

/** The headers that carry a key, by the kind of the upstream. */
function credentialOf({ kind, apiKey }: HttpUpstreamConfig): Record<string, string> {
  if (kind === "anthropic") return { "anthropic-version": "2023-06-01", ...(apiKey && { "x-api-key": apiKey }) };
  if (!apiKey) return {};
  return kind === "azure-openai" ? { "api-key": apiKey } : { authorization: `Bearer ${apiKey}` };
}

interface Inspected {
  readonly who: string;
  readonly shown: string;
  readonly config: HttpUpstreamConfig;
}

async function ask(url: URL, { who, shown, config }: Inspected): Promise<string> {
  const headers = { accept: "application/json", ...credentialOf(config), ...config.headers };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { status, text } = await request(url, { headers, signal })
    .then(async ({ statusCode, body }) => ({ status: statusCode, text: await textOf(body) }))
    .catch((error: unknown) => {
      throw new StartError(`${who}GET ${shown} gets no answer: ${reasonOf(error)}.`, { cause: error });
    });
  if (status === 200) return text;
  if (status === 401 || status === 403)
    throw new StartError(
      `${who}GET ${shown} answers ${status}: the upstream does not accept ${who ? "its key" : "UPSTREAM_API_KEY"}.`,
    );
  throw new StartError(`${who}GET ${shown} answers ${status}. ${checkUrl(who)}`);
}

/** The text of a body, as far as a list of models may be long. Leaving the loop closes the connection. */
async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > LIST_MAX_BYTES) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A name may have any characters, also those that write over a terminal. */
function inOneLine(name: string): string {
  const text = name.replace(/[\s\p{C}]+/gu, " ").trim();
  return text.length > NAME_MAX_CHARACTERS ? `${text.slice(0, NAME_MAX_CHARACTERS)}…` : text;
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
