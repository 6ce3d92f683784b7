import type { Tx } from "../../db/database.js";
import type { Job } from "../../generated/prisma/client.js";
import type { JsonObject } from "../../lib/json.js";
import { remainingOf } from "../credits/credit.service.js";
import type { Ledger } from "../credits/ledger.js";
import type { TerminalStatus } from "./job-state.js";

export interface End {
  readonly status: TerminalStatus;
  readonly now: Date;
  readonly actor: string;
  readonly errorMessage?: string | null;
  readonly metadata?: JsonObject;
}

/**
 * Writes the end of a job whose row the transaction holds locked: resolves its hold and makes it terminal. The caller
 * has decided that it may end so; the database refuses it while a call runs, or where the hold is already resolved.
 */
export async function endJob(tx: Tx, ledger: Ledger, job: Job, end: End): Promise<Job> {
  const entry = { teamId: job.teamId, jobId: job.id, actor: end.actor };
  const isCompleted = end.status === "COMPLETED";
  const balance = isCompleted
    ? await ledger.post(tx, entry)
    : end.status === "EXPIRED"
      ? await ledger.expire(tx, entry)
      : await ledger.void(tx, entry);
  return tx.job.update({
    where: { id: job.id },
    data: {
      status: end.status,
      closingAs: null,
      completedAt: end.now,
      creditApplied: isCompleted,
      creditsRemaining: remainingOf(balance),
      ...(end.errorMessage != null && { errorMessage: end.errorMessage }),
      ...(end.metadata && { metadata: end.metadata }),
    },
  });
}
