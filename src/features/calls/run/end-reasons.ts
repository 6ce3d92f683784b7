import { DomainError } from "../../../lib/errors.js";

/**
 * A call is cancelled because its own client wants it no longer. Of a job of one call, this is its completion where an
 * answer had begun: the client has had what it wanted of it.
 */
export class CutByClient extends DomainError {
  constructor(message = "The call was cancelled by its team.") {
    super("CANCELLED", message);
  }
}
