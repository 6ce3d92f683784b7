import type { ChatRequest, Part } from "../../../src/upstream/provider.js";
import { simulated } from "../../../src/upstream/simulated/simulated.js";
import { usageOf } from "./ask.js";

export const never = new AbortController().signal;
/** A simulated model without waits. */
export const simulatedModel = simulated({ tokenMs: 0 });

/** A question of a customer to the simulated model. */
export function question(
  content: ChatRequest["messages"][number]["content"],
  options: ChatRequest["options"] = {},
): ChatRequest {
  const system = { role: "system" as const, content: "You are a helpful customer support assistant." };
  return { model: "gpt-4", messages: [system, { role: "user", content }], options, stream: true };
}

/** The whole answer of the simulated model, taken apart. */
export async function askSimulated(request: ChatRequest, from = simulatedModel, signal = never) {
  const parts: Part[] = [];
  for await (const together of from.stream(request, signal)) parts.push(...together);
  const last = parts.at(-1);
  if (last?.type !== "finish") throw new Error("The answer has no end.");
  const { usage } = usageOf(parts);
  if (!usage || usage === "unusable") throw new Error("The answer has no usage.");
  const end = { ...last, usage };
  const texts = parts.flatMap((part) => (part.type === "text-delta" ? [part.content] : []));
  const calls = parts.filter((part) => part.type === "tool-call-delta");
  const args = calls.map((call) => call.arguments ?? "").join("");
  return { parts, end, texts, text: texts.join(""), calls, args };
}
