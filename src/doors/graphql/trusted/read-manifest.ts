import { readFile } from "node:fs/promises";
import {
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { quote } from "../../../lib/errors.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import { StartError } from "../../../lib/start-error.js";
import { systemCode } from "../../../lib/system-code.js";
import { limitRules, TOKENS_MAX } from "../limits/document-limits.js";
import { refusalOfText } from "../limits/text-limits.js";
import type { TrustedDocument } from "./trusted-documents.js";

const FORMAT = "apollo-persisted-query-manifest";
const VERSION = 1;
const TYPES = ["query", "mutation", "subscription"];

/**
 * Reads the trusted documents of a manifest as Apollo's tools write it. Throws StartError with the first fault, and names
 * the entry that has it: the gateway would refuse its clients, or run what nobody has listed.
 */
export async function readManifest(file: string, schema: GraphQLSchema): Promise<readonly TrustedDocument[]> {
  const fail = (fault: string): never => {
    throw new StartError(`TRUSTED_DOCUMENTS ${file} cannot be used: ${fault}`);
  };
  const text = await readFile(file, "utf8").catch((error: unknown) =>
    fail(`it cannot be read (${systemCode(error) ?? String(error)}).`),
  );
  const documents: TrustedDocument[] = [];
  const places = new Map<string, number>();
  for (const [index, operation] of operationsOf(text, fail).entries()) {
    const where = `operations[${index}]`;
    const document = entryOf(operation, (fault) => fail(`${where}${fault}`));
    const before = places.get(document.id);
    if (before !== undefined) fail(`${where} has the id ${quote(document.id)} of operations[${before}].`);
    places.set(document.id, index);
    const fault = faultOf(document, schema);
    if (fault) fail(`${where}, ${document.type} ${quote(document.name)} with the id ${quote(document.id)}, ${fault}`);
    documents.push({ id: document.id, body: document.body });
  }
  return documents;
}

type Fail = (fault: string) => never;

function operationsOf(text: string, fail: Fail): readonly unknown[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return fail("it is not JSON.");
  }
  const { format, version, operations } = isObject(manifest) ? manifest : {};
  if (format !== FORMAT) fail(`its format must be ${quote(FORMAT)}, got ${shown(format)}.`);
  if (version !== VERSION) fail(`its version must be ${VERSION}, got ${shown(version)}.`);
  return Array.isArray(operations) ? operations : fail(`its operations must be a list, got ${shown(operations)}.`);
}

interface Entry extends TrustedDocument {
  readonly name: string;
  readonly type: string;
}

function entryOf(operation: unknown, fail: Fail): Entry {
  if (!isObject(operation)) return fail(` must be an object, got ${shown(operation)}.`);
  const text = (name: string): string => {
    const value = operation[name];
    return typeof value === "string" && value !== "" ? value : fail(`.${name} must be a text, got ${shown(value)}.`);
  };
  const entry = { id: text("id"), name: text("name"), type: text("type"), body: text("body") };
  if (!TYPES.includes(entry.type)) fail(`.type must be one of ${TYPES.join(", ")}, got ${shown(entry.type)}.`);
  return entry;
}

/** Says what is wrong with the document of an entry, or returns undefined. */
function faultOf({ name, type, body }: Entry, schema: GraphQLSchema): string | undefined {
  const tooLong = refusalOfText(body);
  if (tooLong) return `is too much: ${tooLong.message}`;
  try {
    const document = parse(body, { maxTokens: TOKENS_MAX });
    const [invalid] = validate(schema, document, [...specifiedRules, ...limitRules], { maxErrors: 1 });
    if (invalid) return `does not fit the schema: ${sentence(invalid.message)}`;
    const operations = document.definitions.filter(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
    );
    const [operation] = operations;
    const isAsSaid = operations.length === 1 && operation?.operation === type && operation.name?.value === name;
    return isAsSaid ? undefined : `must have one operation, of that type and name, in its body.`;
  } catch (error) {
    if (error instanceof GraphQLError) return `cannot be parsed: ${sentence(error.message)}`;
    throw error;
  }
}

const sentence = (message: string): string =>
  message.endsWith(".") || message.endsWith("?") ? message : `${message}.`;

const shown = (value: unknown): string => (value === undefined ? "nothing" : quote(value));
