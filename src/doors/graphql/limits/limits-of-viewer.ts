import type { Viewer } from "../../../auth/viewer.js";
import { DomainError } from "../../../lib/errors.js";

/** What a document may ask for, by who sends it. */
export interface DocumentLimits {
  /** How many fields an answer may have, estimated before the operation runs. A list counts all nodes that it may have. */
  readonly complexityMax: number;
  /** How many aliases a document may have. Each can repeat a long text of the schema. */
  readonly aliasesMax: number;
  /** How many errors of a document are told. GraphQL looks for the line of each, and that takes as long as the text is. */
  readonly errorsMax: number;
  /** The same for the values of variables. The text of each error shows the whole value. */
  readonly errorsOfVariablesMax: number;
  /** Whether documents that were found valid are kept for the next request, and those that come with a hash. */
  readonly areDocumentsKept: boolean;
}

export const LIMITS_OF_HOLDERS: DocumentLimits = {
  complexityMax: 50_000,
  aliasesMax: 50,
  errorsMax: 20,
  errorsOfVariablesMax: 10,
  areDocumentsKept: true,
};

/**
 * Without a credential one can read the schema, and nothing else. These limits leave room for every common
 * introspection query, and keep what a stranger can make the process compute below 50 ms.
 */
export const LIMITS_OF_STRANGERS: DocumentLimits = {
  complexityMax: 25_000,
  aliasesMax: 30,
  errorsMax: 5,
  errorsOfVariablesMax: 5,
  areDocumentsKept: false,
};
const CHARACTERS_OF_STRANGER_MAX = 8 * 1024;
const LINES_OF_STRANGER_MAX = 500;
const BODY_OF_STRANGER_BYTES_MAX = 32 * 1024;

export const isStranger = (viewer: Viewer): boolean => viewer.kind === "anonymous";

/** Throws if a stranger's body is too long, or does not say how long it is before it is received. */
export function refuseLongBody(viewer: Viewer, headers: Readonly<Record<string, unknown>>): void {
  if (!isStranger(viewer)) return;
  const isLong = Number(headers["content-length"] ?? 0) > BODY_OF_STRANGER_BYTES_MAX;
  const isUnknown = headers["transfer-encoding"] !== undefined || headers["content-encoding"] !== undefined;
  if (isLong || isUnknown)
    throw new DomainError(
      "UNAUTHENTICATED",
      `Without a valid credential a body has a Content-Length of at most ${BODY_OF_STRANGER_BYTES_MAX} bytes, and no Content-Encoding.`,
    );
}

/** Throws if a stranger's document is too long. */
export function refuseLongText(viewer: Viewer, text: string): void {
  if (!isStranger(viewer)) return;
  if (
    text.length > CHARACTERS_OF_STRANGER_MAX ||
    text.split(/\r\n|\r|\n/, LINES_OF_STRANGER_MAX + 1).length > LINES_OF_STRANGER_MAX
  )
    throw new DomainError(
      "UNAUTHENTICATED",
      `Without a valid credential a document has at most ${CHARACTERS_OF_STRANGER_MAX} characters and ${LINES_OF_STRANGER_MAX} lines.`,
    );
}
