import type { JsonObject } from "../../../lib/json/json.js";
import type { JsonEndpoint } from "../../../upstream/provider.js";
import { CallPlaceInput } from "./call-place.input.js";

export type { JsonEndpoint };

/** A question that is no chat, such as texts to embed. Doors make it: it is no input of GraphQL. */
export class JsonCallInput extends CallPlaceInput {
  readonly endpoint!: JsonEndpoint;
  /** The fields of OpenAI's request, without the model. Null counts as absent. */
  readonly body!: JsonObject;
}
