import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { BodyContract } from "../../../../edge/http/bodies/faults.js";
import { contextOf } from "../../../../edge/http/provide-context.js";
import { BesideAnswer } from "../../../../features/calls/log/beside-answer.js";
import type { EndedCall } from "../../../../features/calls/log/call-row.js";
import { invalid } from "../../../../input/validate.js";
import { DomainError } from "../../../../lib/errors.js";
import type { JsonObject } from "../../../../lib/json/json.js";
import { isObject } from "../../../../lib/json/unknown-json.js";
import { answerWholeCall } from "../../../chat/answer-whole-call.js";
import { readConversation } from "../conversation.js";
import { type ResponseBody, requireSupported, responseContract, responseFields } from "../input/response-body.js";
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

/** A compaction is a whole answer, so what says how an answer comes is none of its fields. */
const { stream: _, stream_options: _options, background: _later, ...fields } = responseFields;
export const compactContract: BodyContract = {
  schema: {
    type: "object",
    required: ["model"],
    properties: { ...fields, input: { ...fields.input, type: [...fields.input.type, "null"] } },
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
 * Has the model sum up a conversation. The answer is what the model was told, word for word, and one item that stands for
 * all the rest. A client sends these items in the place of the conversation.
 */
async function compact(request: CompactRequest, reply: FastifyReply): Promise<string> {
  const body = inWords(request.body);
  requireSupported(body);
  const { items } = await readConversation(contextOf(request), body);
  if (items.length === 0) throw invalid("items", "must have a conversation, unless previous_response_id names one", []);
  const asked: PlacedItem = { item: { type: "message", role: "user", content: REQUEST }, field: "items" };
  const question = toQuestion(body, [...items, asked], request);
  const input = Object.assign(question.input, body.store === false && { kept: null });
  try {
    return await answerWholeCall(request, reply, input, (call) => {
      const summary = summaryOf(call);
      return {
        id: responseId(call.id),
        object: "response.compaction",
        created_at: seconds(call.createdAt),
        output: [
          ...items.flatMap(({ item }, place) =>
            isToldToModel(item) ? { ...shownItem(item, call.id, place), status: "completed" } : [],
          ),
          compactionItem(call.id, summary),
        ],
        usage: responseUsage(call),
      };
    });
  } catch (error) {
    throw placed(error, question.places);
  }
}

/** The same request for words. The model is not to call the tools, nor to answer in the form of its other answers. */
function inWords({ tools, text, ...body }: CompactRequest["body"]): ResponseBody {
  const { format: _format, ...style } = isObject(text) ? (text as JsonObject) : {};
  return {
    ...body,
    input: (body.input as JsonObject[] | null | undefined) ?? [],
    stream: null,
    tools: tools ?? null,
    tool_choice: Array.isArray(tools) && tools.length > 0 ? "none" : null,
    text: style,
  };
}

const CUT_OFF: ReadonlySet<string | null> = new Set(["length", "content_filter"]);

/** Throws UPSTREAM_FAILED if there is no summary, or not all of it: what it lacks would be lost to the conversation. */
function summaryOf({ content, finishReason, toolCalls, extensions }: EndedCall): string {
  if (CUT_OFF.has(finishReason))
    throw new DomainError(
      "UPSTREAM_FAILED",
      "The model could not finish its summary. Allow it more tokens, if you limit them.",
    );
  const { isRefusal } = new BesideAnswer(extensions as JsonObject);
  if (content === null || content.trim() === "" || isRefusal || (toolCalls as readonly unknown[]).length > 0)
    throw new DomainError("UPSTREAM_FAILED", "The model has given no summary.");
  return content;
}

/** Messages of the user, and those of the system and the developer, whose weight a summary does not have. */
const isToldToModel = ({ type = "message", role }: JsonObject): boolean => type === "message" && role !== "assistant";
