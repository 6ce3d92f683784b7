import type { LlmCallRow } from "../../features/calls/call.service.js";
import { Answer, type AnswerSoFar } from "../../features/calls/log/answer.js";
import { BesideAnswer } from "../../features/calls/log/beside-answer.js";
import type { CallEvent } from "../../features/calls/log/call-event.js";
import type { JsonObject } from "../../lib/json/json.js";

/** What the events of a call say that its row does not. */
export interface AnswerBeside extends Pick<AnswerSoFar, "reasoning" | "reasoningField"> {
  readonly beside: BesideAnswer;
  /** Whether the text says why the model does not answer. */
  readonly isRefusal: boolean;
}

/**
 * Puts together what the events of a call say beside its row. A model that was given up has no part in it. A snapshot has
 * none of the fields beside the answer. Then those that the call has kept are told.
 */
export function answerBeside(call: LlmCallRow, events: readonly CallEvent[]): AnswerBeside {
  let answer = new Answer();
  for (const event of events) {
    if (event.type === "snapshot") answer = new Answer(event);
    else if (event.type === "model-switched") answer = new Answer();
    else if (event.type !== "started" && event.type !== "finished") answer.add(event);
  }
  const isLate = events.some(({ type }) => type === "snapshot");
  const { reasoning, reasoningField } = answer.soFar;
  const beside = isLate ? new BesideAnswer(call.extensions as JsonObject) : answer.beside;
  return { beside, reasoning, reasoningField, isRefusal: beside.isRefusal };
}
