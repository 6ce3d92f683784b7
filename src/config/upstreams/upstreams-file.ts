import { readFileSync } from "node:fs";
import { quote } from "../../lib/errors.js";
import { parseJson } from "../../lib/json/unknown-json.js";
import { systemCode } from "../../lib/system-code.js";
import type { EnvReader } from "../reader.js";
import { Place } from "./place.js";
import { readUpstream } from "./read-upstream.js";
import type { UpstreamConfig } from "./upstream.js";

const UPSTREAMS_MAX = 50;

/** Reads the file that UPSTREAMS names. Each mistake names its place in the file. No secret is in a mistake. */
export function readUpstreamsFile(read: EnvReader, file: string): readonly UpstreamConfig[] {
  const content = contentOf(read, file);
  if (content === undefined) return [];
  const whole = new Place(read.problems, file, "", content);
  whole.value("$schema");
  const list = whole.value("upstreams");
  whole.refuseOthers();
  if (!Array.isArray(list) || list.length === 0 || list.length > UPSTREAMS_MAX) {
    whole.refuse("upstreams", `must be a list of 1 to ${UPSTREAMS_MAX} upstreams`, list);
    return [];
  }
  const upstreams = list.map((value: unknown, index) => {
    const place = new Place(read.problems, file, `upstreams[${index}]`, value);
    return { place, config: readUpstream(read, place) };
  });
  for (const [index, { place, config }] of upstreams.entries()) {
    const name = place.value("name");
    const first = upstreams.findIndex((other) => other.place.value("name") === name);
    if (config && first < index) place.say("name", `is ${quote(name)}, which upstreams[${first}] has already`);
  }
  return upstreams.flatMap(({ config }) => config ?? []);
}

function contentOf(read: EnvReader, file: string): unknown {
  try {
    const content = parseJson(textOf(file));
    if (content !== undefined) return content;
    // The text is not repeated, because it may have a key in it.
    read.problems.push(`UPSTREAMS names ${quote(file)}, which is not JSON.`);
  } catch (error) {
    read.problems.push(`UPSTREAMS names ${quote(file)}, which cannot be read: ${systemCode(error) ?? String(error)}.`);
  }
  return undefined;
}

/** Editors on Windows write a mark at the beginning. */
const textOf = (file: string): string => readFileSync(file, "utf8").replace(/^\ufeff/, "");

/** Returns the names of the variables that a file of upstreams names. None if it cannot be read. */
export function variablesOfUpstreams(file: string | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  if (!file) return names;
  try {
    JSON.parse(textOf(file), (key, value) => {
      if ((key === "apiKeyEnv" || key === "env") && typeof value === "string") names.add(value);
    });
  } catch {
    // The start tells why it cannot be read.
  }
  return names;
}
