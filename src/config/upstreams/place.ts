import { quote } from "../../lib/errors.js";
import { isObject } from "../../lib/json/unknown-json.js";

/**
 * A place in a JSON file whose fields are read one by one. Each mistake is collected with the name of its place, such as
 * `upstreams[1].url`. A wrong field is read as if it were absent, so that all mistakes are found.
 */
export class Place {
  private readonly asked = new Set<string>();
  private readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    private readonly problems: string[],
    private readonly file: string,
    private readonly path: string,
    value: unknown,
  ) {
    this.fields = isObject(value) ? value : {};
    if (!isObject(value)) this.tell(path, "must be an object", value);
  }

  has(field: string): boolean {
    return this.fields[field] !== undefined && this.fields[field] !== null;
  }

  /** The value of a field as it stands in the file. Undefined if it is absent or null. */
  value(field: string): unknown {
    this.asked.add(field);
    return this.fields[field] ?? undefined;
  }

  text(field: string, isRight: (text: string) => boolean, rule: string): string | undefined {
    const value = this.value(field);
    if (value === undefined || (typeof value === "string" && isRight(value))) return value;
    return this.refuse(field, rule, value);
  }

  integer(field: string, min: number, max: number): number | undefined {
    const value = this.number(field, `must be a whole number from ${min} to ${max}`, min, max);
    if (value === undefined || Number.isInteger(value)) return value;
    return this.refuse(field, `must be a whole number from ${min} to ${max}`, value);
  }

  number(field: string, rule: string, min: number, max: number): number | undefined {
    const value = this.value(field);
    if (value === undefined || (typeof value === "number" && value >= min && value <= max)) return value;
    return this.refuse(field, rule, value);
  }

  /** The object in a field as a place of its own. Undefined if the field is absent. */
  object(field: string): Place | undefined {
    const value = this.value(field);
    return value === undefined ? undefined : new Place(this.problems, this.file, this.pathOf(field), value);
  }

  /** The names of the fields that are there. */
  get names(): readonly string[] {
    return Object.keys(this.fields);
  }

  /** Tells of each field that nobody has asked for. `why` may know better what is wrong with it than that it is unknown. */
  refuseOthers(why: (field: string) => string | undefined = () => undefined): void {
    for (const field of this.names.filter((name) => !this.asked.has(name))) {
      const known = [...this.asked].sort().join(", ");
      this.say(field, why(field) ?? `is not a field here. The fields are ${known}`);
    }
  }

  /** Says what is wrong with a field, without its value. */
  say(field: string, sentence: string): undefined {
    this.problems.push(`${this.file}: ${this.pathOf(field)} ${sentence}.`);
  }

  /** Says what is wrong with a field, and shows its value if that cannot be a secret. */
  refuse(field: string, rule: string, got: unknown): undefined {
    this.tell(this.pathOf(field), rule, got);
  }

  private tell(path: string, rule: string, got: unknown): void {
    this.problems.push(`${this.file}: ${path || "the file"} ${rule}, got ${shown(got)}.`);
  }

  private pathOf(field: string): string {
    const named = /^[A-Za-z_$][\w$]*$/.test(field) ? field : undefined;
    if (named === undefined) return `${this.path}[${JSON.stringify(field)}]`;
    return this.path === "" ? field : `${this.path}.${field}`;
  }
}

/** No key is short, and what people write in place of a word, a number or a list may be a key or have one in it. */
const SHOWN_MAX_CHARACTERS = 20;

function shown(got: unknown): string {
  if (Array.isArray(got)) return `a list of ${got.length}`;
  if (isObject(got)) return "an object";
  if (typeof got === "string" && got.length > SHOWN_MAX_CHARACTERS) return `a text of ${got.length} characters`;
  return quote(got);
}
