import { DomainError } from "../../../lib/errors.js";

/** OpenAI's words for a response before this one that is not there. Its status is that of a wrong request. */
export const previousNotFound = (id: string): DomainError =>
  new DomainError("INVALID_INPUT", `Previous response with id '${id.slice(0, 100)}' not found.`, {
    field: "previousId",
    openAiCode: "previous_response_not_found",
  });
