import type { Transaction } from "../../db/transaction.js";
import type { CreditBalance, Job } from "../../generated/prisma/client.js";
import type { JsonObject } from "../../lib/json.js";
import { remainingOf } from "../credits/credit.service.js";
import type { Ledger } from "../credits/ledger.js";
import { writeJobEnd } from "./job.sql.js";
import type { TerminalStatus } from "./job-state.js";

interface JobEnd {
  readonly status: TerminalStatus;
  readonly actor: string;
  readonly errorMessage?: string | null;
  readonly metadata?: JsonObject | null;
}

/**
 * Writes the end of a job whose row the transaction holds locked: resolves its hold and makes it terminal. The caller
 * has decided that it may end so; the database refuses it while a call runs, or if the hold is already resolved.
 */
export async function endJob(transaction: Transaction, ledger: Ledger, job: Job, end: JobEnd): Promise<Job> {
  const { status, errorMessage = null, metadata = null } = end;
  const balance = await resolveHold(transaction, ledger, job, end);
  const credits = { creditApplied: status === "COMPLETED", creditsRemaining: remainingOf(balance) };
  const changes = { id: job.id, status, errorMessage, metadata, ...credits };
  const [ended] = await transaction.sql.run(writeJobEnd, changes);
  if (!ended) throw new Error(`Job ${job.id} was not ended.`);
  return ended;
}

function resolveHold(transaction: Transaction, ledger: Ledger, job: Job, end: JobEnd): Promise<CreditBalance> {
  const entry = { teamId: job.teamId, jobId: job.id, actor: end.actor };
  if (end.status === "COMPLETED") return ledger.post(transaction, entry);
  return end.status === "EXPIRED" ? ledger.expire(transaction, entry) : ledger.void(transaction, entry);
}
