import { authorize } from "../../auth/policy.js";
import { scopeOf, type Viewer } from "../../auth/viewer.js";
import type { Sql } from "../../db/statement.js";
import { hashOf, IDEMPOTENCY_KEPT_MS } from "../idempotency/idempotency-keys.js";
import { drawKey, noteKey } from "../idempotency/idempotency-keys.sql.js";
import type { AnyCallInput } from "./check-call.js";
import type { CallReader } from "./follow/call-reader.js";
import type { LlmCall } from "./log/call-row.js";
import { lacksAnswer, lacksResult } from "./log/kept-answer.js";
import type { KeptResults } from "./log/kept-results.js";
import { claimInputOf } from "./question/claim-input.js";
import { JsonCallInput } from "./question/json-call.input.js";
import type { RunningCalls } from "./run/running-calls.js";

/** An SDK repeats a request within seconds, or once its own time limit is over, which is 10 minutes in those of OpenAI. */
const KEPT_MS = 15 * 60_000;

export interface LostAnswersDeps {
  readonly sql: Sql;
  readonly reader: CallReader;
  readonly running: RunningCalls;
  readonly results: KeptResults;
}

/**
 * The calls whose client lost its connection before it had the answer. SDKs repeat such a request by themselves, without
 * an idempotency key, and only say that it is a repeat. A repeat has the same input, so it is found by a digest of that.
 * Two requests with the same input are otherwise two calls.
 */
export class LostAnswers {
  constructor(private readonly deps: LostAnswersDeps) {}

  /** Remembers for 15 minutes that nobody has the answer of a call. */
  async note(viewer: Viewer, input: AnyCallInput, callId: string): Promise<void> {
    const { inputHash, ...of } = placeOf(viewer, input);
    await this.deps.sql.run(noteKey, {
      ...of,
      inputHash,
      key: callId,
      resultId: callId,
      ageMs: IDEMPOTENCY_KEPT_MS - KEPT_MS,
    });
  }

  /**
   * Returns a call with this input whose answer was lost, or null. It is returned once: to the first who asks. A call whose
   * answer this process cannot tell is none, so that it is asked anew: the client has no idempotency key to change.
   */
  async take(viewer: Viewer, input: AnyCallInput): Promise<LlmCall | null> {
    const { sql, reader } = this.deps;
    const { scope, family } = placeOf(viewer, input);
    const [found] = await sql.run(drawKey, { scope, family, keptMs: IDEMPOTENCY_KEPT_MS });
    if (!found) return null;
    const call = await reader.get(viewer, found.resultId);
    return this.canTell(call, input) ? call : null;
  }

  /**
   * Vectors, and answers that are not to be kept, are known only to the process that runs the call. A stream without its client
   * is cancelled after a while, which tells nothing of the answer.
   */
  private canTell(call: LlmCall, input: AnyCallInput): boolean {
    const { running, results } = this.deps;
    if (call.status === "CANCELLED") return false;
    const isResult = input instanceof JsonCallInput && input.body.stream !== true;
    const lacks = isResult ? lacksResult : lacksAnswer;
    if (call.status !== "RUNNING") return !lacks(call) || results.find(call.id) !== undefined;
    const isStored = input instanceof JsonCallInput ? input.endpoint !== "embeddings" : input.kept !== null;
    return isStored || running.find(call.id) !== undefined;
  }
}

function placeOf(viewer: Viewer, input: AnyCallInput) {
  authorize(viewer, "call.run");
  const inputHash = hashOf(claimInputOf(input));
  return { scope: scopeOf(viewer), family: `lost-answer:${Buffer.from(inputHash).toString("hex")}`, inputHash };
}
