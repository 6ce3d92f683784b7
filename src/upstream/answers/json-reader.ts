import { isObject } from "../../lib/json/unknown-json.js";
import { failureByItself, failureInAnswer } from "../failure/failure-in-answer.js";
import { UpstreamError } from "../failure/upstream-error.js";
import type { JsonEndpoint, JsonQuestion, Part, UnknownFields } from "../provider.js";
import type { AnswerReading, AnswerSource } from "./answer-reading.js";
import { faultOfVectors, inputsOf } from "./fault-of-vectors.js";
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
  private fault: string | undefined = "The answer has no list of results.";

  constructor(
    private readonly question: JsonQuestion,
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

  readUsage(given: UnknownFields): Part[] {
    const usage = isObject(given.usage) ? given.usage : {};
    const told = isObject(usage.cost) ? usage.cost.total_cost : usage.cost;
    const costNanoUsd = reportedCostNanoUsd(told, this.source.headers["x-litellm-response-cost"]);
    return [{ type: "usage", usage: usageOf(usage), ...(costNanoUsd !== undefined && { costNanoUsd }) }];
  }

  read(given: UnknownFields): Part[] {
    const list = given[LISTS[this.question.endpoint]];
    const isList = Array.isArray(list);
    const failure = isList ? failureInAnswer(given, undefined, this.source) : failureByItself(given, this.source);
    if (failure) throw failure;
    if (!isList || this.isWhole) return [];
    this.fault = faultOfList(list, this.question);
    if (this.fault !== undefined) return [];
    this.result = given;
    return [{ type: "result", fields: given }];
  }

  end(): Part[] {
    if (this.result) return [{ type: "finish", finishReason: finishReasonIn(this.result) }];
    const { model, status } = this.source;
    throw new UpstreamError("malformed", model, { status, cause: new Error(this.fault) });
  }
}

function faultOfList(list: readonly unknown[], question: JsonQuestion): string | undefined {
  if (question.endpoint === "embeddings") return faultOfVectors(list, inputsOf(question));
  const [first] = list;
  if (!isObject(first)) return "The list of results is empty.";
  return question.endpoint === "completions" && typeof first.text !== "string" ? "The choice has no text." : undefined;
}

/** Embeddings have no tokens of an answer, and their usage does not name them. Voyage names the total alone. */
function usageOf(usage: UnknownFields): ReturnType<typeof reportedUsage> {
  const given = Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null));
  const { total_tokens: total } = given;
  return (
    reportedUsage({ completion_tokens: 0, ...given }) ??
    (total === undefined ? undefined : reportedUsage({ prompt_tokens: total, completion_tokens: 0 }))
  );
}

function finishReasonIn({ choices }: UnknownFields): string {
  const reason = Array.isArray(choices) ? choices[0]?.finish_reason : undefined;
  return typeof reason === "string" && reason !== "" ? reason : "stop";
}
