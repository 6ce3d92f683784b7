import { invalid } from "../../../../input/validate.js";
import type { Json, JsonObject } from "../../../../lib/json/json.js";
import { isObject } from "../../../../lib/json/unknown-json.js";

/** Tools that are carried out by the client. Chat completions put their fields one level deeper. */
const OWN: ReadonlySet<unknown> = new Set(["function", "custom"]);

/** A tool as chat completions have it. A hosted tool stays as it is: the model group says whether it passes. */
export function chatTool({ type, ...fields }: JsonObject): JsonObject {
  const tool = { type: type ?? null };
  if (!OWN.has(type)) return { ...tool, ...fields };
  const { cache_control: cache, ...definition } = fields;
  const given = Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== null));
  return { ...tool, [String(type)]: given, ...(cache !== undefined && { cache_control: cache }) };
}

export function chatToolChoice(choice: Json): Json {
  if (typeof choice === "string" || !isObject(choice)) return choice;
  const { type, name, mode, tools } = choice as JsonObject;
  if (type === "function" || type === "custom") return { type, [type]: { name: name ?? null } };
  if (type !== "allowed_tools") return choice as JsonObject;
  const allowed = Array.isArray(tools) ? tools.map((tool) => chatToolChoice(tool)) : [];
  return { type, allowed_tools: { mode: mode ?? "auto", tools: allowed } };
}

/** The form of the answer, as chat completions have it. Null means text. */
export function chatFormat(text: JsonObject | null | undefined): JsonObject | null {
  const format = text?.format;
  if (format == null) return null;
  if (!isObject(format)) throw invalid("text.format", "must be an object", format);
  const { type, ...schema } = format as JsonObject;
  if (type === "text") return null;
  if (type !== "json_schema") return format as JsonObject;
  return { type, json_schema: Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== null)) };
}
