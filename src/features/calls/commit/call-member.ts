import { newId } from "../../../lib/ids.js";
import { type ClaimColumns, claimColumns } from "../../idempotency/idempotency-keys.js";
import { type KeyedJobColumns, keyedJobColumns } from "../../jobs/keyed-jobs.js";
import type { PlannedModel } from "../../models/plan.js";
import type { KeptQuestion } from "../question/call.input.js";
import type { CallToAdmit } from "./admitted-call.js";

/** A call as the statements read it that admit calls. */
export interface CallsMember
  extends Pick<CallToAdmit, "jobType" | "kind" | "modelGroup" | "purpose" | "metadata">,
    ClaimColumns,
    Partial<Omit<KeyedJobColumns, "jobType">> {
  readonly id: string;
  readonly jobId: string;
  /** Whether the job is opened by this call: for this call alone, unless a key names it. */
  readonly opensJob: boolean;
  readonly teamId: string;
  readonly keyId: string;
  readonly planVersion: string;
  readonly model: string;
  readonly provider: string;
  /** Whether all models of the plan are known to have a price. */
  readonly isPriced?: boolean;
  /** What is kept of the question; absent if nothing is. */
  readonly kept?: KeptQuestion;
  /** Of the ledger's entry, if the call opens a job. */
  readonly entryId: string;
}

export function memberOf(call: CallToAdmit, { name: model, at }: PlannedModel, planVersion: string): CallsMember {
  const { viewer, claim, jobId, jobKey, jobType, kind, modelGroup, purpose, metadata, kept } = call;
  const opensJob = jobId === null;
  return {
    id: newId(),
    jobId: jobId?.toLowerCase() ?? newId(),
    opensJob,
    jobType,
    teamId: viewer.teamId,
    keyId: viewer.keyId,
    kind,
    modelGroup,
    planVersion,
    model,
    provider: at.upstream.provider.name,
    purpose,
    metadata,
    ...(kept && { kept }),
    entryId: newId(),
    ...claimColumns(claim),
    ...(opensJob && jobKey !== null && keyedJobColumns(viewer, jobKey)),
  };
}
