import { failureByItself, failureInAnswer } from "../failure/failure-in-answer.js";
import { UpstreamError } from "../failure/upstream-error.js";
import type { JsonEndpoint, Part, UnknownFields } from "../provider.js";
import type { AnswerReading, AnswerSource } from "./answer-reading.js";
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
    private readonly endpoint: JsonEndpoint,
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
    const hasList = Array.isArray(given[LISTS[this.endpoint]]);
    const failure = hasList ? failureInAnswer(given, undefined, this.source) : failureByItself(given, this.source);
    if (failure) throw failure;
    if (!hasList) return [];
    this.result = given;
    const costNanoUsd = reportedCostNanoUsd(this.source.headers["x-litellm-response-cost"]);
    return [
      { type: "usage", usage: usageOf(given), ...(costNanoUsd !== undefined && { costNanoUsd }) },
      { type: "result", fields: given },
    ];
  }

  end(): Part[] {
    if (this.result) return [{ type: "finish", finishReason: finishReasonIn(this.result) }];
    const { model, status } = this.source;
    throw new UpstreamError("malformed", model, { status, cause: new Error("The answer has no list of results.") });
  }
}

/** Embeddings have no tokens of an answer, and their usage does not name them. */
function usageOf({ usage }: UnknownFields): ReturnType<typeof reportedUsage> {
  return typeof usage === "object" && usage !== null ? reportedUsage({ completion_tokens: 0, ...usage }) : undefined;
}

function finishReasonIn({ choices }: UnknownFields): string {
  const reason = Array.isArray(choices) ? choices[0]?.finish_reason : undefined;
  return typeof reason === "string" && reason !== "" ? reason : "stop";
}
