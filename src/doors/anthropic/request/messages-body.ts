import type { JsonObject } from "../../../lib/json/json.js";

/** The body of a request for a message. The gateway judges all other fields by their names. */
export interface MessagesBody extends JsonObject {
  readonly model: string;
  readonly max_tokens: number;
  readonly messages: JsonObject[];
  readonly system: string | JsonObject[] | null;
  readonly stop_sequences: string[] | null;
  readonly tools: JsonObject[] | null;
  readonly tool_choice: JsonObject | null;
  readonly thinking: JsonObject | null;
  readonly output_config: JsonObject | null;
  readonly output_format: JsonObject | null;
  readonly metadata: JsonObject | null;
  readonly stream: boolean | null;
}
