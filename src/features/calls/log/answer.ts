import type { LlmCall, UsageSource } from "../../../generated/prisma/client.js";
import type { ChatRequest, Part, ReportedUsage } from "../../../upstream/provider.js";
import { countPromptTokens, countTextTokens } from "../../../upstream/tokens.js";

export interface ToolCallOfAnswer {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** The tool calls of a stored answer, which are written from `Answer.toolCalls`. */
export const toolCallsOf = ({ toolCalls }: Pick<LlmCall, "toolCalls">): readonly ToolCallOfAnswer[] =>
  toolCalls as unknown as ToolCallOfAnswer[];

export interface UsageOfCall extends ReportedUsage {
  readonly source: UsageSource;
}

/**
 * A model's answer, put together from its parts as they arrive. What has arrived is kept, however the attempt ends. The
 * parts are not repaired one by one, because a part may end in the middle of a character.
 */
export class Answer {
  private readonly texts: string[] = [];
  private readonly tools = new Map<number, { id: string; name: string; arguments: string }>();
  private end: Extract<Part, { type: "finish" }> | undefined;

  /** `soFar` is what is already known of the answer. */
  constructor(soFar?: { readonly content: string; readonly toolCalls: readonly ToolCallOfAnswer[] }) {
    if (soFar?.content) this.texts.push(soFar.content);
    for (const [index, tool] of (soFar?.toolCalls ?? []).entries()) this.tools.set(index, { ...tool });
  }

  add(part: Part): void {
    if (part.type === "finish") this.end = part;
    else if (part.type === "text-delta") this.texts.push(part.content);
    else if (part.type === "tool-call-delta") {
      const tool = this.tools.get(part.index) ?? { id: "", name: "", arguments: "" };
      tool.id ||= part.id ?? "";
      tool.name += part.name ?? "";
      tool.arguments += part.arguments ?? "";
      this.tools.set(part.index, tool);
    }
  }

  /** Whether anything of the answer has arrived. */
  get hasBegun(): boolean {
    return this.texts.length > 0 || this.tools.size > 0;
  }

  /** The text; null if there is none, which is usual beside tool calls. */
  get content(): string | null {
    const text = this.texts.join("");
    return text === "" && (this.tools.size > 0 || !this.end) ? null : text;
  }

  get toolCalls(): ToolCallOfAnswer[] {
    return [...this.tools.entries()].sort(([a], [b]) => a - b).map(([, tool]) => ({ ...tool }));
  }

  get finishReason(): string | null {
    return this.end?.finishReason ?? null;
  }

  get upstreamCostNanoUsd(): bigint | undefined {
    return this.end?.costNanoUsd;
  }

  /** The usage as the upstream reported it, otherwise as counted with our tokenizer. */
  async usage(request: Pick<ChatRequest, "messages">): Promise<UsageOfCall> {
    if (this.end?.usage) return { ...this.end.usage, source: "REPORTED" };
    const tools = this.toolCalls.map((tool) => tool.name + tool.arguments).join("");
    const completionTokens = await countTextTokens(this.texts.join("") + tools);
    return { promptTokens: await countPromptTokens(request.messages), completionTokens, source: "ESTIMATED" };
  }
}
