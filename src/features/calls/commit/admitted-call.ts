import type { LimitSink } from "../../../auth/call-limits.js";
import type { TeamViewer } from "../../../auth/viewer.js";
import type { LlmCallKind } from "../../../generated/prisma/client.js";
import type { JsonObject } from "../../../lib/json/json.js";
import type { Question } from "../../../upstream/provider.js";
import type { Claim } from "../../idempotency/idempotency-keys.js";
import type { LimitHold } from "../../limits/limit-hold.js";
import type { Plan } from "../../models/plan.js";
import type { LlmCall } from "../log/call-row.js";
import type { KeptQuestion } from "../question/call.input.js";

/** Whether a call is cancelled when nobody has followed it for the grace, or goes on to its end. */
export type OnDisconnect = "CANCEL" | "FINISH";

interface CallToAsk {
  /** The question, without the model that is asked. */
  readonly request: Question;
  /** Whether the next model starts over after a failure in the middle of an answer. */
  readonly restartsMidStream: boolean;
  readonly onDisconnect: OnDisconnect;
  /** Whether the answer stays in the database. */
  readonly keepsAnswer: boolean;
}

/** A call whose input was checked. Nothing has been taken or written for it yet. */
export interface CallToAdmit extends CallToAsk {
  readonly viewer: TeamViewer;
  /** Null if the request has no idempotency key. */
  readonly claim: Claim | null;
  /** The job that it belongs to; null opens a job of `jobType` for this call alone. */
  readonly jobId: string | null;
  /** A name of the client's own for the job, if it has no `jobId`: it is opened if it is not there. */
  readonly jobKey: string | null;
  readonly jobType: string;
  readonly kind: LlmCallKind;
  readonly modelGroup: string;
  /** Whether bookkeeping among the options is left out instead of refused. */
  readonly leavesOutBookkeeping: boolean;
  readonly purpose: string | null;
  readonly metadata: JsonObject;
  /** What of the question is kept. */
  readonly kept: KeptQuestion | null;
  /** Who is told where the limits stand. */
  readonly limitSink: LimitSink | null;
}

/** What was left of a job's own limits when a call of it was admitted. Null means no limit. */
export interface JobCap {
  readonly tokensLeft: number | null;
  readonly costLeftNanoUsd: bigint | null;
}

/** A call that exists, and is to be run by this process. */
export interface AdmittedCall extends CallToAsk {
  readonly call: LlmCall;
  readonly plan: Plan;
  /** Null if the job has no limits of its own. */
  readonly cap: JobCap | null;
  readonly teamId: string;
  readonly organizationId: string;
  /** When it arrived, by the process's own even time. */
  readonly arrivedMs: number;
  /** What it has taken of the limits of its team and key. It is to end with the call. */
  readonly limitHold: LimitHold;
  /** To be called when the call runs no more. */
  readonly giveBackSlot: () => void;
}
