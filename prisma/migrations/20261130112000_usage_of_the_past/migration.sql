-- What was done before there were the triggers of usage. It is a migration of its own, because whoever creates a trigger keeps
-- others from settling calls until the transaction ends, and this takes seconds. Meanwhile processes of an older version go
-- on: what they do has rows by the triggers, which nobody counts before all migrations are there.
INSERT INTO "usage_pending" ("job_id", "call_id") SELECT "job_id", "llm_calls"."id" FROM "llm_calls" JOIN "jobs" ON "jobs"."id" = "job_id"
    WHERE "llm_calls"."status" <> 'RUNNING' AND NOT COALESCE("of_one_call" AND "completed_at" = "finished_at", FALSE)
        AND NOT EXISTS (SELECT FROM "usage_pending" AS "entered" WHERE "entered"."call_id" = "llm_calls"."id")
    ORDER BY "llm_calls"."created_at";
INSERT INTO "usage_pending" ("job_id") SELECT "id" FROM "jobs" WHERE "completed_at" IS NOT NULL
        AND NOT EXISTS (SELECT FROM "usage_pending" AS "entered" WHERE "entered"."job_id" = "jobs"."id" AND "entered"."call_id" IS NULL)
    ORDER BY "completed_at";
