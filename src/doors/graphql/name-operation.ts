import { Kind, type OperationDefinitionNode } from "graphql";
import type { RequestRecord } from "../../edge/request-record.js";

/** How much of the client's own name of an operation is kept. */
const NAME_CHARACTERS_MAX = 100;

/**
 * Notes which operation a request is: "mutation runLlmCall" for its only field at the root, or "query several" if it has
 * more. To be called once the document is valid, so that there are no more names than the schema has.
 */
export function nameOperation(record: RequestRecord, { operation, name, selectionSet }: OperationDefinitionNode): void {
  const names = new Set(
    selectionSet.selections.map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : "several")),
  );
  if (names.size > 1) names.delete("__typename");
  const [only = "several"] = names;
  const given = name?.value.slice(0, NAME_CHARACTERS_MAX) ?? null;
  record.nameOperation(`${operation} ${names.size === 1 ? only : "several"}`, given);
}
