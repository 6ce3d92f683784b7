import { expect } from "vitest";
import type { Db } from "../../../src/db/client.js";

/** Each call has the team of its job, and each job and call a key of its team. What older versions wrote has none. */
export async function expectOwnedWork(db: Db): Promise<void> {
  const strange = await db.$queryRaw<{ id: string }[]>`
    SELECT llm_calls.id FROM llm_calls JOIN jobs ON jobs.id = job_id
      LEFT JOIN virtual_keys AS of_call ON of_call.id = llm_calls.key_id LEFT JOIN virtual_keys AS of_job ON of_job.id = jobs.key_id
    WHERE llm_calls.team_id <> jobs.team_id OR of_call.team_id <> jobs.team_id OR of_job.team_id <> jobs.team_id
      OR (llm_calls.key_id IS NOT NULL AND of_call.id IS NULL) OR (jobs.key_id IS NOT NULL AND of_job.id IS NULL)`;
  expect(strange, "calls of another team than their job's, or with a strange key").toEqual([]);
}
