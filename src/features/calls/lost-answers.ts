import { authorize } from "../../auth/policy.js";
import { scopeOf, type Viewer } from "../../auth/viewer.js";
import type { Sql } from "../../db/statement.js";
import { hashOf, IDEMPOTENCY_KEPT_MS } from "../idempotency/idempotency-keys.js";
import { drawKey, noteKey } from "../idempotency/idempotency-keys.sql.js";
import type { AnyCallInput } from "./check-call.js";
import { claimInputOf } from "./question/claim-input.js";

/** An SDK repeats a request within seconds, or once its own time limit is over, which is 10 minutes in those of OpenAI. */
const KEPT_MS = 15 * 60_000;

/**
 * The calls whose client lost its connection before it had the answer. SDKs repeat such a request by themselves, without
 * an idempotency key, and only say that it is a repeat. A repeat has the same input, so it is found by a digest of that.
 * Two requests with the same input are otherwise two calls.
 */
export class LostAnswers {
  constructor(private readonly sql: Sql) {}

  /** Remembers for 15 minutes that nobody has the answer of a call. */
  async note(viewer: Viewer, input: AnyCallInput, callId: string): Promise<void> {
    const { inputHash, ...of } = placeOf(viewer, input);
    await this.sql.run(noteKey, {
      ...of,
      inputHash,
      key: callId,
      resultId: callId,
      ageMs: IDEMPOTENCY_KEPT_MS - KEPT_MS,
    });
  }

  /** Returns the id of a call with this input whose answer was lost, or null. It is returned once: to the first who asks. */
  async take(viewer: Viewer, input: AnyCallInput): Promise<string | null> {
    const { scope, family } = placeOf(viewer, input);
    const [found] = await this.sql.run(drawKey, { scope, family, keptMs: IDEMPOTENCY_KEPT_MS });
    return found?.resultId ?? null;
  }
}

function placeOf(viewer: Viewer, input: AnyCallInput) {
  authorize(viewer, "call.run");
  const inputHash = hashOf(claimInputOf(input));
  return { scope: scopeOf(viewer), family: `lost-answer:${Buffer.from(inputHash).toString("hex")}`, inputHash };
}
