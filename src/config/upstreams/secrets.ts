import type { EnvReader } from "../reader.js";
import { isVariableName } from "../setting.js";
import type { Place } from "./place.js";
import type { HttpKind } from "./upstream.js";

/** Headers that carry a credential, whatever their value looks like. */
const SECRET_NAME = /auth|cookie|key|passw|secret|token|credential/i;
/** A scheme of HTTP authentication, the beginning of a known kind of key, or a long word of letters and digits. */
const SECRET_VALUE =
  /^(?:bearer|basic|token)\s|^(?:sk|pk|rk|gsk|xai|key|ghp|hf)[-_]|^eyJ|^(?=\S*\d)(?=\S*[a-z])[\w+/=.]{32,}$/i;

/** The gateway writes these itself, or the connection does. */
const OF_GATEWAY =
  /^(?:accept|accept-encoding|connection|content-encoding|content-length|content-type|expect|host|keep-alive|te|traceparent|tracestate|trailer|transfer-encoding|upgrade)$/i;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
export const HEADER_RULE = "1 to 2000 visible ASCII characters";
export const isHeaderValue = (value: string): boolean => /^[\x20-\x7e]{1,2000}$/.test(value);

const looksSecret = (name: string, value: string): boolean => SECRET_NAME.test(name) || SECRET_VALUE.test(value);

/** Reads the variable that a field of the file names. What it says is never shown. */
export function readVariable(read: EnvReader, place: Place, field: string): string | undefined {
  const name = place.value(field);
  if (name === undefined) return undefined;
  if (typeof name !== "string" || !/^[A-Za-z_]\w{0,99}$/.test(name))
    // Somebody may have written the key itself here.
    return place.say(field, 'must be the name of an environment variable, such as "OPENAI_API_KEY", and no key');
  if (isVariableName(name) && name !== "UPSTREAM_API_KEY")
    return place.say(field, `names ${name}, which is a setting of the gateway and is not sent to an upstream`);
  const value = read.named(name);
  if (value === undefined) return place.say(field, `names the variable ${name}, which is not set`);
  if (!isHeaderValue(value)) return place.say(field, `names the variable ${name}, whose value must be ${HEADER_RULE}`);
  return value;
}

/** The header that carries the key. */
const KEY_HEADERS: Partial<Record<HttpKind, string>> = { anthropic: "x-api-key", "azure-openai": "api-key" };

/** Reads the headers of an upstream. A value is a text that is no secret, or `{ "env": "<name of a variable>" }`. */
export function readHeaders(read: EnvReader, upstream: Place, kind: HttpKind): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  const place = upstream.object("headers");
  for (const name of place?.names ?? []) {
    if (name.toLowerCase() in headers) place?.say(name, "is there twice");
    const isOfKey = name.toLowerCase() === (KEY_HEADERS[kind] ?? "authorization");
    if (isOfKey && upstream.has("apiKeyEnv")) place?.say(name, "is what apiKeyEnv is sent as. Only one of them can be");
    const value = place && headerOf(read, place, name);
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  return headers;
}

function headerOf(read: EnvReader, place: Place, name: string): string | undefined {
  const value = place.value(name);
  if (!HEADER_NAME.test(name)) return place.say(name, "is no name of a header");
  if (OF_GATEWAY.test(name)) return place.say(name, "is a header that the gateway sets itself");
  if (typeof value !== "string") {
    const variable = place.object(name);
    const said = variable && readVariable(read, variable, "env");
    if (variable && !variable.has("env")) variable.say("env", "is missing. It names the variable that has the value");
    variable?.refuseOthers();
    return said;
  }
  if (looksSecret(name, value))
    return place.say(
      name,
      'looks like a key, which does not belong in the file. Write { "env": "NAME" } with the name of the variable that has it',
    );
  return isHeaderValue(value) ? value : place.say(name, `must be ${HEADER_RULE}`);
}
