import { entryOf } from "../../lib/json/entry-of.js";
import { isObject } from "../../lib/json/unknown-json.js";

/** Deep enough for any schema that people write. A schema that refers to itself ends here. */
const DEPTH_MAX = 12;
const ITEMS_MAX = 100;
/** A small schema can ask for more values than fit into memory, if two of its properties refer to the schema itself. */
const VALUES_MAX = 2_000;
/** From here on, strings are empty. */
const CHARACTERS_MAX = 200_000;

/**
 * Makes a value that fits a JSON Schema in a simple way. It has every property that the schema requires, and takes the
 * first option that the schema allows. A string is `text` if it may be anything and its name asks for prose. It
 * understands the schemas of OpenAI's structured outputs, and ignores keywords that it does not know.
 */
export function valueForSchema(schema: unknown, text: string): unknown {
  return valueAt(schema, { root: schema, text, name: "value", depth: 0, made: { values: 0, characters: 0 } });
}

interface Place {
  readonly root: unknown;
  readonly text: string;
  /** The property that the value is for. */
  readonly name: string;
  readonly depth: number;
  /** The number of values made so far, and of the characters in them, for the whole schema. */
  readonly made: { values: number; characters: number };
}

function valueAt(given: unknown, place: Place): unknown {
  const schema = isObject(given) ? given : {};
  place.made.values += 1;
  if (place.depth > DEPTH_MAX || place.made.values > VALUES_MAX) return null;
  const deeper = { ...place, depth: place.depth + 1 };
  if (typeof schema.$ref === "string") return valueAt(resolve(place.root, schema.$ref), deeper);
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const [option] = [schema.anyOf, schema.oneOf].filter(Array.isArray).flat();
  if (option !== undefined) return valueAt(option, deeper);
  if (Array.isArray(schema.allOf)) return Object.assign({}, ...schema.allOf.map((each) => valueAt(each, deeper)));
  switch (typeOf(schema)) {
    case "object":
      return objectFor(schema, deeper);
    case "array":
      return arrayFor(schema, deeper);
    case "string":
      return stringFor(schema, place);
    case "number":
    case "integer":
      return numberFor(schema);
    case "boolean":
      return true;
    default:
      return null;
  }
}

function typeOf(schema: Record<string, unknown>): unknown {
  if (schema.type !== undefined) return Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (schema.properties !== undefined) return "object";
  return schema.items !== undefined ? "array" : "string";
}

function objectFor(schema: Record<string, unknown>, place: Place): Record<string, unknown> {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required.filter((name) => typeof name === "string") : [];
  return Object.fromEntries(required.map((name) => [name, valueAt(properties[name], { ...place, name })]));
}

function arrayFor(schema: Record<string, unknown>, place: Place): unknown[] {
  const least = typeof schema.minItems === "number" ? schema.minItems : 1;
  const most = typeof schema.maxItems === "number" ? schema.maxItems : ITEMS_MAX;
  const length = Math.max(0, Math.min(least, most, ITEMS_MAX));
  return Array.from({ length }, () => valueAt(schema.items, place));
}

const PROSE = /answer|response|reply|text|content|message|summary|description|explanation|reason|comment/i;
const FORMATS: Readonly<Record<string, string>> = {
  date: "2000-01-01",
  "date-time": "2000-01-01T00:00:00Z",
  time: "00:00:00Z",
  duration: "PT1H",
  email: "someone@example.com",
  uri: "https://example.com/",
  uuid: "00000000-0000-4000-8000-000000000000",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  hostname: "example.com",
};

function stringFor(schema: Record<string, unknown>, place: Place): string {
  const made = place.made.characters > CHARACTERS_MAX ? "" : longStringFor(schema, place);
  place.made.characters += made.length;
  return made;
}

function longStringFor(schema: Record<string, unknown>, { name, text }: Place): string {
  const formatted = entryOf(FORMATS, schema.format);
  if (formatted !== undefined) return formatted;
  const said = PROSE.test(name) ? text : `simulated ${name.replace(/[_-]+/g, " ")}`;
  const least = typeof schema.minLength === "number" ? Math.min(schema.minLength, 10_000) : 0;
  const most = typeof schema.maxLength === "number" ? schema.maxLength : said.length;
  return said.slice(0, Math.max(most, 0)).padEnd(least, ".");
}

function numberFor(schema: Record<string, unknown>): number {
  const step = typeof schema.multipleOf === "number" && schema.multipleOf > 0 ? schema.multipleOf : 1;
  if (typeof schema.minimum === "number") return Math.ceil(schema.minimum / step) * step;
  if (typeof schema.exclusiveMinimum === "number") return (Math.floor(schema.exclusiveMinimum / step) + 1) * step;
  if (typeof schema.maximum === "number") return Math.min(step, Math.floor(schema.maximum / step) * step);
  return step;
}

/**
 * Resolves a reference such as "#/$defs/step" or "#". Any other reference resolves to undefined, which anything fits.
 */
function resolve(root: unknown, reference: string): unknown {
  const path = reference.replace(/^#\/?/, "").split("/").filter(Boolean);
  return path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), root);
}
