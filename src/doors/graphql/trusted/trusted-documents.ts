import { type DefinitionNode, parse, print } from "graphql";
import type { Viewer } from "../../../auth/viewer.js";
import { DomainError, quote } from "../../../lib/errors.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import { TOKENS_MAX } from "../limits/document-limits.js";
import { refusalOfText } from "../limits/text-limits.js";

/** The parts of a request that say which document it asks for. */
export interface DocumentRequest {
  readonly query?: unknown;
  /** The id of a listed document, as the draft of GraphQL over HTTP has it. */
  readonly documentId?: unknown;
  /** Apollo's clients send the id as `persistedQuery.sha256Hash` in it. */
  readonly extensions?: unknown;
}

/** A document of the list. */
export interface TrustedDocument {
  readonly id: string;
  readonly body: string;
}

/**
 * The documents that a closed API runs. Only the admin key runs others too, because whoever has it explores the API and
 * helps in incidents.
 */
export class TrustedDocuments {
  private readonly byId: ReadonlyMap<string, string>;
  /** By the text as it is listed, and by the same text in one form. */
  private readonly byText: ReadonlyMap<string, string>;

  constructor(documents: readonly TrustedDocument[]) {
    this.byId = new Map(documents.map(({ id, body }) => [id, body]));
    const byForm = new Map(documents.map(({ body }) => [formOf(body), body]));
    this.byText = new Map([
      ...documents.map(({ body }) => [body, byForm.get(formOf(body)) ?? body] as const),
      ...byForm,
    ]);
  }

  /**
   * Returns the listed document that a request asks for, by id, by text, or by both if they agree. Spaces, comments and
   * the order of fragments make no difference, because Apollo's tools sort what its clients do not. Returns undefined if
   * the request asks for nothing, which is refused later, and if the admin asks for a document that is not listed. Throws
   * DOCUMENT_NOT_TRUSTED for everything else.
   */
  documentOf(request: DocumentRequest, viewer: Viewer): string | undefined {
    const id = idOf(request);
    const text = typeof request.query === "string" && request.query !== "" ? request.query : undefined;
    const found = this.find(id, text);
    const asksForNothing = id === undefined && text === undefined;
    if (found !== undefined || asksForNothing || viewer.kind === "admin") return found;
    throw notTrusted(id);
  }

  private find(id: string | undefined, text: string | undefined): string | undefined {
    const byId = id === undefined ? undefined : this.byId.get(id);
    if (text === undefined) return byId;
    const byText = this.listed(text);
    const agree = id === undefined || (byId !== undefined && this.byText.get(byId) === byText);
    return agree ? byText : undefined;
  }

  private listed(text: string): string | undefined {
    try {
      return this.byText.get(text) ?? (refusalOfText(text) ? undefined : this.byText.get(formOf(text)));
    } catch {
      return undefined; // It cannot be parsed, so it is on no list.
    }
  }
}

/** Writes a document in one form, with its definitions in one order. Throws if it cannot be parsed. */
function formOf(text: string): string {
  const { definitions, ...document } = parse(text, { noLocation: true, maxTokens: TOKENS_MAX });
  const inOrder = definitions.map((definition) => ({ definition, key: keyOf(definition) }));
  inOrder.sort((one, other) => (one.key < other.key ? -1 : 1));
  return print({ ...document, definitions: inOrder.map(({ definition }) => definition) });
}

const keyOf = (definition: DefinitionNode): string =>
  `${definition.kind} ${"name" in definition ? (definition.name?.value ?? "") : ""}`;

function idOf({ documentId, extensions }: DocumentRequest): string | undefined {
  const persisted = isObject(extensions) ? extensions.persistedQuery : undefined;
  const ids = [documentId, isObject(persisted) ? persisted.sha256Hash : undefined];
  return ids.find((id) => typeof id === "string");
}

const notTrusted = (id: string | undefined) =>
  new DomainError(
    "DOCUMENT_NOT_TRUSTED",
    `This gateway runs only the documents of its list, and ${id === undefined ? "this one" : `the one with the id ${quote(id)}`} is not on it.`,
  );
