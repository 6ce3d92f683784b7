import type { RequestContext } from "../../../edge/context.js";
import type { Response } from "../../../features/responses/response.service.js";
import { invalid } from "../../../input/validate.js";
import { DomainError } from "../../../lib/errors.js";
import type { JsonObject } from "../../../lib/json/json.js";
import type { ResponseBody } from "./input/response-body.js";
import { itemsOf, type PlacedItem } from "./input/response-question.js";
import { inputItemsOf, outputItemsOf } from "./kept-items.js";
import { previousNotFound } from "./previous-not-found.js";
import { callIdOf, callIdOfItem } from "./response-ids.js";

/** What a model is asked: its own items, and those of the responses before. */
interface Conversation {
  readonly items: readonly PlacedItem[];
  /** The items of the request itself. What it only refers to is among them. */
  readonly own: JsonObject[];
  readonly previousId: string | null;
}

/** Puts together what a request asks: with the responses before it, and with the items that it only refers to. */
export async function readConversation(context: RequestContext, body: ResponseBody): Promise<Conversation> {
  const previousId = body.previous_response_id;
  const before = typeof previousId === "string" ? await responsesBefore(context, previousId) : [];
  const earlier = before.flatMap((response) => [...inputItemsOf(response), ...outputItemsOf(response.call)]);
  const own = await withReferred(context, itemsOf(body), earlier);
  return {
    items: [...earlier.map((item) => ({ item, field: "previousId" })), ...own],
    own: own.map(({ item }) => item),
    previousId: before.at(-1)?.call.id ?? null,
  };
}

async function responsesBefore({ services, viewer }: RequestContext, id: string): Promise<Response[]> {
  const callId = callIdOf(id);
  if (callId === undefined) throw previousNotFound(id);
  try {
    return await services.responses.conversation(viewer, callId);
  } catch (error) {
    throw error instanceof DomainError && error.code === "NOT_FOUND" ? previousNotFound(id) : error;
  }
}

/** Puts the items in the place of references to them. What the conversation before has already is not said again. */
async function withReferred(
  { services, viewer }: RequestContext,
  items: readonly JsonObject[],
  earlier: readonly JsonObject[],
): Promise<PlacedItem[]> {
  const references = items.filter(isReference);
  const ids = references.flatMap(({ id }) => (typeof id === "string" ? (callIdOfItem(id) ?? []) : []));
  const found = await services.responses.find(viewer, [...new Set(ids)]);
  const kept = new Map(
    found
      .flatMap((response) => [...inputItemsOf(response), ...outputItemsOf(response.call)])
      .map((item) => [item.id, item]),
  );
  const said = new Set(earlier.map(({ id }) => id));
  return items.flatMap((item, index) => {
    const field = `items[${index}]`;
    if (!isReference(item)) return [{ item, field }];
    const referred = kept.get(item.id ?? null);
    if (!referred) throw invalid(`${field}.id`, "must be that of an item of a response that is kept", item.id);
    return said.has(item.id ?? null) ? [] : [{ item: referred, field }];
  });
}

/** The type may be left out, too. */
const isReference = ({ type = null, role, id }: JsonObject): boolean =>
  type === "item_reference" || (type === null && role === undefined && id !== undefined);
