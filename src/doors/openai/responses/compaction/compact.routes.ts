import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { BodyContract } from "../../../../edge/http/bodies/faults.js";
import { contextOf } from "../../../../edge/http/provide-context.js";
import { invalid } from "../../../../input/validate.js";
import { DomainError } from "../../../../lib/errors.js";
import type { JsonObject } from "../../../../lib/json/json.js";
import { answerWholeCall } from "../../../chat/answer-whole-call.js";
import { readConversation } from "../conversation.js";
import { type ResponseBody, responseContract, responseFields } from "../input/response-body.js";
import { type PlacedItem, placed, toQuestion } from "../input/response-question.js";
import { shownItem } from "../kept-items.js";
import { responseUsage, seconds } from "../response.shapes.js";
import { responseId } from "../response-ids.js";
import { compactionItem } from "./compaction-item.js";

type CompactRequest = FastifyRequest<{ Body: JsonObject & { readonly model: string } }>;

/** What the model is asked at the end of the conversation. */
const REQUEST =
  `Sum up the conversation above, so that it can go on without its earlier messages. Say what was asked, decided and
found out, with all names, numbers, file names and code that still matter, what has been done, and what is left to do. Answer
with the summary only.`.replaceAll("\n", " ");

const { model, input, previous_response_id, instructions, metadata, tools } = responseFields;
export const compactContract: BodyContract = {
  schema: {
    type: "object",
    required: ["model"],
    properties: {
      model,
      input: { ...input, type: [...input.type, "null"] },
      previous_response_id,
      instructions,
      metadata,
      tools,
    },
  },
  pathOf: responseContract.pathOf,
};

/** /v1/responses/compact, as OpenAI's SDKs know it. */
export function compactRoutes(server: FastifyInstance): void {
  server.post<{ Body: CompactRequest["body"] }>(
    "/responses/compact",
    { schema: { body: compactContract.schema }, config: { body: compactContract } },
    compact,
  );
}

/**
 * Has the model sum up a conversation. The answer is what the user said, word for word, and one item that stands for all
 * the rest. A client sends these items in the place of the conversation.
 */
async function compact(request: CompactRequest, reply: FastifyReply): Promise<string> {
  const body: ResponseBody = {
    ...request.body,
    input: (request.body.input as JsonObject[] | null) ?? [],
    stream: null,
  };
  const { items } = await readConversation(contextOf(request), body);
  if (items.length === 0) throw invalid("items", "must have a conversation, unless previous_response_id names one", []);
  const asked: PlacedItem = { item: { type: "message", role: "user", content: REQUEST }, field: "items" };
  const question = toQuestion(body, [...items, asked], request);
  try {
    return await answerWholeCall(request, reply, question.input, (call) => {
      if (!call.content) throw new DomainError("UPSTREAM_FAILED", "The model has given no summary.");
      return {
        id: responseId(call.id),
        object: "response.compaction",
        created_at: seconds(call.createdAt),
        output: [
          ...items.flatMap(({ item }, place) =>
            isOfUser(item) ? { ...shownItem(item, call.id, place), status: "completed" } : [],
          ),
          compactionItem(call.id, call.content),
        ],
        usage: responseUsage(call),
      };
    });
  } catch (error) {
    throw placed(error, question.places);
  }
}

const isOfUser = ({ type = "message", role }: JsonObject): boolean => type === "message" && role === "user";
