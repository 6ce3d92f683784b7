import { expect } from "vitest";
import type { Db } from "../../../src/db/client.js";
import { expectSoundLedger } from "../database/ledger.js";
import type { Acknowledged } from "./mixed-work.js";

/** What no row may be, once nothing runs any more. Each statement returns the rows that are. */
const NEVER: Readonly<Record<string, string>> = {
  "a job whose counts are not those of its calls": `
    SELECT jobs.id FROM jobs LEFT JOIN LATERAL (
      SELECT count(*) AS total, count(*) FILTER (WHERE status = 'RUNNING') AS running, count(*) FILTER (WHERE status = 'SUCCEEDED') AS good,
        count(*) FILTER (WHERE status = 'FAILED') AS bad, count(*) FILTER (WHERE status = 'CANCELLED') AS cancelled,
        COALESCE(sum(prompt_tokens), 0) AS prompt, COALESCE(sum(completion_tokens), 0) AS completion, COALESCE(sum(latency_ms), 0) AS latency,
        count(*) FILTER (WHERE usage_source = 'UNKNOWN') AS unknown, count(*) FILTER (WHERE cost_source = 'UNPRICED') AS unpriced,
        count(*) FILTER (WHERE has_unpriced_part) AS partly_unpriced
      FROM llm_calls WHERE job_id = jobs.id) AS calls ON TRUE
    WHERE (total_calls, running_calls, successful_calls, failed_calls, cancelled_calls, prompt_tokens, completion_tokens, latency_ms_total,
        unknown_usage_calls, unpriced_calls, partly_unpriced_calls)
        IS DISTINCT FROM (total, running, good, bad, cancelled, prompt, completion, latency, unknown, unpriced, partly_unpriced)`,
  "a job whose cost is not that of its attempts": `
    SELECT jobs.id FROM jobs WHERE cost_nano_usd <> (SELECT COALESCE(sum(attempt.cost_nano_usd), 0)
      FROM llm_calls JOIN llm_call_attempts AS attempt ON call_id = llm_calls.id WHERE job_id = jobs.id)`,
  "a job without its one hold, or its one resolution": `
    SELECT jobs.id, status, kinds FROM jobs LEFT JOIN LATERAL (
      SELECT string_agg(kind::text, ',' ORDER BY sequence) AS kinds FROM credit_entries WHERE job_id = jobs.id) AS entries ON TRUE
    WHERE kinds IS DISTINCT FROM CASE status WHEN 'COMPLETED' THEN 'HOLD,POST' WHEN 'EXPIRED' THEN 'HOLD,EXPIRE'
      WHEN 'PENDING' THEN 'HOLD' WHEN 'IN_PROGRESS' THEN 'HOLD' ELSE 'HOLD,VOID' END`,
  "a job of one call that did not end with it": `SELECT id FROM jobs WHERE of_one_call AND (completed_at IS NULL OR total_calls <> 1)`,
  "an entry that does not follow the one before it": `
    SELECT id FROM (SELECT id, sequence, available_after, held_after, row_number() OVER in_order AS number, sum(credits) OVER in_order AS available,
      sum(held_credits) OVER in_order AS held FROM credit_entries WINDOW in_order AS (PARTITION BY account_id ORDER BY sequence)) AS entries
    WHERE (sequence, available_after, held_after) IS DISTINCT FROM (number, available, held)`,
  "a call whose answer was lost, because the database refused its settlement": `SELECT id FROM llm_calls
    WHERE status = 'SUCCEEDED' AND content IS NULL`,
  "a call that still runs": `SELECT id FROM llm_calls WHERE status = 'RUNNING'`,
  "an entry of the admin that has not exactly one line in the audit": `
    SELECT entries.id, lines FROM (SELECT id::text FROM credit_entries WHERE actor = 'admin' AND kind IN ('GRANT', 'ADJUST')
        AND reason IS DISTINCT FROM 'Initial allocation') AS entries
      FULL JOIN (SELECT after::jsonb ->> 'entryId' AS id, count(*) AS lines FROM audit_entries
        WHERE operation IN ('addCredits', 'adjustCredits') GROUP BY 1) AS acts USING (id)
    WHERE lines IS DISTINCT FROM 1 OR entries.id IS NULL`,
  "a line of the audit that does not go on from the one before it": `
    SELECT sequence FROM (SELECT sequence, previous_hash, lag(hash) OVER (ORDER BY sequence) AS hash_before, row_number() OVER (ORDER BY sequence) AS number
      FROM audit_entries) AS lines
    WHERE sequence <> number OR previous_hash <> COALESCE(hash_before, repeat('0', 64))`,
  "a key without its result": `SELECT key FROM idempotency_keys
    WHERE result_id NOT IN (SELECT id FROM llm_calls UNION ALL SELECT id FROM jobs UNION ALL SELECT id FROM credit_entries)`,
};

/** Reckons from the rows what must hold once nothing runs any more. */
export async function expectSoundRows(db: Db, callsOfJobMax: number): Promise<void> {
  await expectSoundLedger(db);
  const statements = {
    ...NEVER,
    "a job with too many calls": `SELECT id FROM jobs WHERE total_calls > ${callsOfJobMax}`,
  };
  for (const [what, statement] of Object.entries(statements))
    expect(await db.$queryRawUnsafe(statement), what).toEqual([]);
  const [{ deadlocks } = {}] = await db.$queryRaw<{ deadlocks: number }[]>`
    SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()`;
  expect(deadlocks, "deadlocks").toBe(0);
}

/** Holds what clients were told against the rows. */
export async function expectTruthTold(
  db: Db,
  acknowledged: readonly Acknowledged[],
  refused: readonly string[],
): Promise<void> {
  const calls = new Map((await db.llmCall.findMany({ include: { job: true } })).map((call) => [call.id, call]));
  const jobs = new Map((await db.job.findMany()).map((job) => [job.id, job]));
  const ofKeys = new Map<string, string>();
  for (const { kind, tag, key, id, status } of acknowledged) {
    if (kind === "call") expect(calls.get(id), `call ${id}`).toMatchObject({ purpose: tag, status });
    if (kind === "job") expect(jobs.get(id)?.metadata, `job ${id}`).toMatchObject({ opened: tag });
    if (kind === "end") expect(jobs.get(id)?.status, `end of job ${id}`).toBe(status);
    if (key === null) continue;
    const owner = kind === "call" ? calls.get(id)?.job.teamId : jobs.get(id)?.teamId;
    const name = `${owner} ${kind} ${key}`;
    expect(ofKeys.get(name) ?? id, `the result of ${name}`).toBe(id);
    ofKeys.set(name, id);
  }
  const written = [
    ...[...calls.values()].map(({ purpose }) => purpose),
    ...[...jobs.values()].map(({ metadata }) => (metadata as { opened?: string }).opened),
  ];
  const unwanted = new Set(refused);
  expect(
    written.filter((tag) => tag && unwanted.has(tag)),
    "what was written though it was refused",
  ).toEqual([]);
}
