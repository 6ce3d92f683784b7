import { z } from "zod";
import { outputItem, outputText, refusal, responseSchema, summaryText } from "./response-schema.js";

const count = z.number().int().nonnegative();
const text = z.string();

const ofResponse = { response: responseSchema };
const ofItem = { output_index: count, item: outputItem };
const inItem = { item_id: text, output_index: count };
const inContent = { ...inItem, content_index: count };
const inSummary = { ...inItem, summary_index: count };
const part = z.union([outputText, refusal]);

/** The fields of each event, beside its type and its number. */
const EVENTS = {
  "response.created": ofResponse,
  "response.in_progress": ofResponse,
  "response.completed": ofResponse,
  "response.incomplete": ofResponse,
  "response.failed": ofResponse,
  "response.output_item.added": ofItem,
  "response.output_item.done": ofItem,
  "response.content_part.added": { ...inContent, part },
  "response.content_part.done": { ...inContent, part },
  "response.output_text.delta": { ...inContent, delta: text.min(1), logprobs: z.array(z.unknown()) },
  "response.output_text.done": { ...inContent, text, logprobs: z.array(z.unknown()) },
  "response.output_text.annotation.added": {
    ...inContent,
    annotation_index: count,
    annotation: z.looseObject({ type: text }),
  },
  "response.refusal.delta": { ...inContent, delta: text.min(1) },
  "response.refusal.done": { ...inContent, refusal: text },
  "response.function_call_arguments.delta": { ...inItem, delta: text.min(1) },
  "response.function_call_arguments.done": { ...inItem, name: text, arguments: text },
  "response.custom_tool_call_input.delta": { ...inItem, delta: text.min(1) },
  "response.custom_tool_call_input.done": { ...inItem, input: text },
  "response.reasoning_summary_part.added": { ...inSummary, part: summaryText },
  "response.reasoning_summary_part.done": { ...inSummary, part: summaryText },
  "response.reasoning_summary_text.delta": { ...inSummary, delta: text.min(1) },
  "response.reasoning_summary_text.done": { ...inSummary, text },
  error: { code: text.nullable(), message: text, param: text.nullable() },
} as const;

const schemas = new Map<string, z.ZodType>(
  Object.entries(EVENTS).map(([type, fields]) => [
    type,
    z.strictObject({ type: z.literal(type), sequence_number: count, ...fields }),
  ]),
);

export interface StreamedEvent {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects in there.
  readonly [field: string]: any;
}

/** Reads server-sent events as they are written. Throws if the line `event:` says something else than the data. */
export function readEvents(body: string): StreamedEvent[] {
  const frames = body.split("\n\n").map((frame) => frame.replace(/^(?::.*\n)+/, ""));
  if (frames.pop() !== "") throw new Error("The stream ends in the middle of a frame.");
  if (frames.pop() !== "data: [DONE]") throw new Error("The stream does not end with [DONE].");
  return frames.map((frame) => {
    const [, name, data = ""] = /^event: (.+)\ndata: (.+)$/.exec(frame) ?? [];
    const event = JSON.parse(data) as StreamedEvent;
    if (event.type !== name) throw new Error(`The event ${name} says that it is ${event.type}.`);
    return event;
  });
}

/**
 * What is wrong with the events of a stream: their shape, their numbers, items or parts that are not opened, closed or
 * closed twice, and pieces that do not add up to what is said at their end.
 */
export function faultsOf(events: readonly StreamedEvent[]): string[] {
  const faults = events.flatMap((event, place) => {
    const result = schemas.get(event.type)?.safeParse(event);
    const shape = result
      ? (result.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`)
      : ["is unknown"];
    if (event.sequence_number !== place) shape.push(`has number ${event.sequence_number} and not ${place}`);
    return shape.map((fault) => `${place} ${event.type} ${fault}`);
  });
  return [...faults, ...faultsOfOrder(events)];
}

function faultsOfOrder(events: readonly StreamedEvent[]): string[] {
  const faults: string[] = [];
  let open: StreamedEvent | undefined;
  let items = 0;
  let pieces = "";
  for (const event of events) {
    const { type, item, item_id: itemId, output_index: index } = event;
    if (type === "response.output_item.added") {
      if (open || index !== items) faults.push(`${item.id} opens at ${index} while ${open?.item.id} is open`);
      open = event;
      items += 1;
      pieces = "";
    } else if (index !== undefined) {
      if (open?.output_index !== index || open?.item.id !== (itemId ?? item?.id))
        faults.push(`${type} is of no open item`);
      if (type === "response.output_item.done") open = undefined;
      if (type.endsWith("part.added")) pieces = "";
      if (type.endsWith(".delta")) pieces += event.delta;
      const whole = event.text ?? event.refusal ?? event.arguments ?? event.input;
      if (whole !== undefined && whole !== pieces) faults.push(`${type} says ${whole} after ${pieces}`);
    }
  }
  if (open) faults.push(`${open.item.id} stays open`);
  const last = events.at(-1)?.type ?? "";
  if (!/^(error|response\.(completed|incomplete|failed))$/.test(last)) faults.push(`the last is ${last}`);
  return faults;
}
