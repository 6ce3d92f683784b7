import type { UsageSource } from "../../../generated/prisma/client.js";
import {
  isJsonQuestion,
  isOfAnswer,
  type JsonQuestion,
  type Part,
  type Question,
  type ReasoningField,
  type ReportedUsage,
  type UnknownFields,
} from "../../../upstream/provider.js";
import { tokensIn } from "../../../upstream/texts-of-question.js";
import { countPromptTokens, countTextTokens } from "../../../upstream/tokens.js";
import { BesideAnswer } from "./beside-answer.js";
import type { LlmCall } from "./call-row.js";

export interface ToolCallOfAnswer {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
  /** The model used OpenAI's older interface, so that clients of that format look for it under `function_call`. */
  readonly isFunctionCall?: true;
  /** Other fields of the call, as the upstream sent them. */
  readonly extra?: UnknownFields;
}

/** The tool calls of a stored answer, which are written from `Answer.toolCalls`. */
export const toolCallsOf = ({ toolCalls }: Pick<LlmCall, "toolCalls">): readonly ToolCallOfAnswer[] =>
  toolCalls as unknown as ToolCallOfAnswer[];

export interface UsageOfCall extends ReportedUsage {
  readonly source: UsageSource;
}

/** As much of an answer as its readers see. */
export interface AnswerSoFar {
  readonly content: string;
  readonly reasoning: string;
  readonly reasoningField: ReasoningField;
  readonly toolCalls: readonly ToolCallOfAnswer[];
}

/** A model's answer, put together from its parts as they arrive. What has arrived is kept, however the attempt ends. */
export class Answer {
  readonly beside = new BesideAnswer();
  private readonly texts: string[] = [];
  private readonly thoughts: string[] = [];
  private readonly tools = new Map<number, Writable<ToolCallOfAnswer>>();
  private reasoningField: ReasoningField = "reasoning_content";
  private hasMedia = false;
  private whole: UnknownFields | undefined;
  private end: Extract<Part, { type: "finish" }> | undefined;
  private reported: Extract<Part, { type: "usage" }>["usage"];
  private costNanoUsd: bigint | undefined;

  constructor(soFar?: AnswerSoFar) {
    if (soFar?.content) this.texts.push(soFar.content);
    if (soFar?.reasoning) this.thoughts.push(soFar.reasoning);
    if (soFar) this.reasoningField = soFar.reasoningField;
    for (const [index, tool] of (soFar?.toolCalls ?? []).entries()) this.tools.set(index, { ...tool });
  }

  add(part: Part): void {
    if (part.type === "finish") this.end = part;
    else if (part.type === "text-delta") this.addText(part);
    else if (part.type === "tool-call-delta") this.addToolCall(part);
    else if (part.type === "result") this.addResult(part.fields);
    else if (part.type === "extension") {
      this.beside.add(part);
      this.hasMedia ||= isOfAnswer(part);
    } else if (part.type === "reasoning-delta") {
      this.thoughts.push(part.content);
      this.reasoningField = part.field;
    } else if (part.type === "usage") {
      // Zeros after figures are no correction: some send them with the last chunk.
      this.reported = isNothing(part.usage) ? (this.reported ?? part.usage) : part.usage;
      this.costNanoUsd = part.costNanoUsd ?? this.costNanoUsd;
    }
  }

  /** Whether something of the answer has arrived: what counts as spoken, or reasoning. */
  get hasBegun(): boolean {
    return this.hasSpoken || this.thoughts.length > 0;
  }

  /** Whether text, a piece of a tool call, sound or an image has arrived, which a client may have acted on. */
  get hasSpoken(): boolean {
    return this.texts.length > 0 || this.tools.size > 0 || this.hasMedia || this.whole !== undefined;
  }

  /** Whether the upstream reported what the answer takes or costs, in whatever figures but zeros. */
  get hasReport(): boolean {
    return !isNothing(this.reported) || this.costNanoUsd !== undefined;
  }

  /** The text; null if there is none, which is usual beside tool calls. */
  get content(): string | null {
    const text = this.texts.join("");
    return text === "" && (this.tools.size > 0 || !this.end || this.whole) ? null : text;
  }

  /** The answer to a question that is no chat. */
  get result(): UnknownFields | undefined {
    return this.whole;
  }

  /** The model's reasoning; null if it showed none. */
  get reasoning(): string | null {
    return this.thoughts.join("") || null;
  }

  get toolCalls(): ToolCallOfAnswer[] {
    return [...this.tools.entries()].sort(([a], [b]) => a - b).map(([, tool]) => ({ ...tool }));
  }

  get soFar(): AnswerSoFar {
    const { reasoningField, toolCalls } = this;
    return { content: this.content ?? "", reasoning: this.reasoning ?? "", reasoningField, toolCalls };
  }

  get finishReason(): string | null {
    return this.end?.finishReason ?? null;
  }

  get upstreamCostNanoUsd(): bigint | undefined {
    return this.costNanoUsd;
  }

  /**
   * The usage as the upstream reported it, otherwise as counted with our tokenizer. A prompt took tokens, and an answer that
   * has begun did, so a report of none is none. If the report cannot be read, nobody knows.
   */
  async usage(request: Question): Promise<UsageOfCall> {
    const { reported } = this;
    if (reported === "unusable") return UNKNOWN_USAGE;
    if (isJsonQuestion(request)) return this.usageOfJson(request, reported);
    if (reported && !isNothing(reported) && (reported.completionTokens > 0 || !this.hasBegun))
      return { ...reported, source: "REPORTED" };
    const tools = this.toolCalls.map((tool) => tool.name + tool.arguments).join("");
    const completionTokens = await countTextTokens(this.thoughts.join("") + this.texts.join("") + tools);
    const promptTokens = reported?.promptTokens || (await countPromptTokens(request.messages));
    return { ...reported, promptTokens, completionTokens, source: "ESTIMATED" };
  }

  private async usageOfJson(request: JsonQuestion, reported: ReportedUsage | undefined): Promise<UsageOfCall> {
    if (reported && !isNothing(reported) && (reported.completionTokens > 0 || this.texts.length === 0))
      return { ...reported, source: "REPORTED" };
    const completionTokens = await countTextTokens(this.texts.join(""));
    const promptTokens = reported?.promptTokens || (await tokensIn(request));
    return { promptTokens, completionTokens, source: "ESTIMATED" };
  }

  /** That a text is a refusal is kept beside it, under OpenAI's name, for those who read it later. */
  private addText({ content, isRefusal }: Extract<Part, { type: "text-delta" }>): void {
    this.texts.push(content);
    if (isRefusal) this.beside.add({ type: "extension", at: "delta", fields: { refusal: content } });
  }

  /** Vectors are too large to be stored. All else is, if it is short, so that a repeated request can have it. */
  private addResult(fields: UnknownFields): void {
    this.whole = fields;
    const [choice] = Array.isArray(fields.choices) ? fields.choices : [];
    if (typeof choice?.text === "string" && choice.text !== "") this.texts.push(choice.text);
    if (!("data" in fields)) this.beside.add({ type: "extension", at: "answer", fields: { result: fields } });
  }

  private addToolCall(part: Extract<Part, { type: "tool-call-delta" }>): void {
    const tool = this.tools.get(part.index) ?? { id: "", name: "", arguments: "", ...kindOf(part) };
    tool.id ||= part.id ?? "";
    tool.name += part.name ?? "";
    tool.arguments += part.arguments ?? "";
    if (part.extra) tool.extra = { ...tool.extra, ...part.extra };
    this.tools.set(part.index, tool);
  }
}

type Writable<Type> = { -readonly [Name in keyof Type]: Type[Name] };

const kindOf = ({ isFunctionCall }: Pick<ToolCallOfAnswer, "isFunctionCall">) => ({
  ...(isFunctionCall && { isFunctionCall }),
});

const isNothing = (usage: Extract<Part, { type: "usage" }>["usage"]) =>
  usage === undefined || (usage !== "unusable" && usage.promptTokens + usage.completionTokens === 0);

/** The upstream may have billed something, and nobody knows how much. */
export const UNKNOWN_USAGE: UsageOfCall = { promptTokens: 0, completionTokens: 0, source: "UNKNOWN" };
