import { isObject } from "../../lib/json/unknown-json.js";
import { failureByItself, failureInAnswer } from "../failure/failure-in-answer.js";
import { UpstreamError } from "../failure/upstream-error.js";
import type { JsonEndpoint, JsonRequest, Part, UnknownFields } from "../provider.js";
import type { AnswerReading, AnswerSource } from "./answer-reading.js";
import { hasVectors } from "./has-vectors.js";
import { reportedCostNanoUsd, reportedUsage } from "./reported.js";

/** The list that an answer has, whatever else is in it. */
const LISTS: Readonly<Record<JsonEndpoint, string>> = {
  embeddings: "data",
  completions: "choices",
  moderations: "results",
};

/** Reads the answer to a question that is no chat: one JSON object, which is passed on as it is. */
export class JsonReader implements AnswerReading {
  isDone = false;
  private result: UnknownFields | undefined;

  constructor(
    private readonly asked: JsonRequest,
    private readonly source: AnswerSource,
  ) {}

  get isWhole(): boolean {
    return this.result !== undefined;
  }

  get hasMessage(): boolean {
    return this.isWhole;
  }

  done(): void {
    this.isDone = true;
  }

  read(given: UnknownFields): Part[] {
    const list = given[LISTS[this.asked.endpoint]];
    const isList = Array.isArray(list);
    const failure = isList ? failureInAnswer(given, undefined, this.source) : failureByItself(given, this.source);
    if (failure) throw failure;
    if (!isList || this.isWhole) return [];
    this.requireAnswers(list);
    this.result = given;
    const ofUsage = isObject(given.usage) ? given.usage.cost : undefined;
    const costNanoUsd = reportedCostNanoUsd(ofUsage, this.source.headers["x-litellm-response-cost"]);
    return [
      { type: "usage", usage: usageOf(given), ...(costNanoUsd !== undefined && { costNanoUsd }) },
      { type: "result", fields: given },
    ];
  }

  private requireAnswers(list: readonly unknown[]): void {
    const { endpoint, body } = this.asked;
    const isAnswered = endpoint === "embeddings" ? hasVectors(list, body.input) : list.length > 0;
    const { model, status } = this.source;
    if (isAnswered) return;
    const cause = new Error("The answer does not have what each input asked for.");
    throw new UpstreamError("malformed", model, { status, cause });
  }

  end(): Part[] {
    if (this.result) return [{ type: "finish", finishReason: finishReasonIn(this.result) }];
    const { model, status } = this.source;
    throw new UpstreamError("malformed", model, { status, cause: new Error("The answer has no list of results.") });
  }
}

/** Embeddings have no tokens of an answer, and their usage does not name them. Voyage tells the tokens in all and no others. */
function usageOf({ usage }: UnknownFields): ReturnType<typeof reportedUsage> {
  if (!isObject(usage)) return undefined;
  const reported = reportedUsage({ completion_tokens: 0, ...usage });
  return reported ?? reportedUsage({ prompt_tokens: usage.total_tokens, completion_tokens: 0 });
}

function finishReasonIn({ choices }: UnknownFields): string {
  const reason = Array.isArray(choices) ? choices[0]?.finish_reason : undefined;
  return typeof reason === "string" && reason !== "" ? reason : "stop";
}
