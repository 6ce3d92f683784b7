-- Whoever settles a call or ends a job enters it into usage_pending by these triggers, in the same transaction.
-- A job of one call ends in the statement that settles the call. Then its own row stands for both. A call that is inserted as
-- settled may come after its job's end was counted, so it always has a row.
CREATE FUNCTION "enter_settled_call"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "usage_pending" ("job_id", "call_id") SELECT NEW."job_id", NEW."id" FROM "jobs"
        WHERE "id" = NEW."job_id" AND (TG_OP = 'INSERT' OR NOT COALESCE("of_one_call" AND "completed_at" = NEW."finished_at", FALSE));
    RETURN NULL;
END $$;
CREATE FUNCTION "enter_ended_job"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "usage_pending" ("job_id") VALUES (NEW."id");
    RETURN NULL;
END $$;
CREATE TRIGGER "llm_calls_inserted_usage" AFTER INSERT ON "llm_calls" FOR EACH ROW WHEN (NEW."status" <> 'RUNNING')
    EXECUTE FUNCTION "enter_settled_call"();
CREATE TRIGGER "llm_calls_settled_usage" AFTER UPDATE ON "llm_calls" FOR EACH ROW WHEN (OLD."status" = 'RUNNING' AND NEW."status" <> 'RUNNING')
    EXECUTE FUNCTION "enter_settled_call"();
CREATE TRIGGER "jobs_inserted_usage" AFTER INSERT ON "jobs" FOR EACH ROW WHEN (NEW."completed_at" IS NOT NULL)
    EXECUTE FUNCTION "enter_ended_job"();
CREATE TRIGGER "jobs_ended_usage" AFTER UPDATE ON "jobs" FOR EACH ROW WHEN (OLD."completed_at" IS NULL AND NEW."completed_at" IS NOT NULL)
    EXECUTE FUNCTION "enter_ended_job"();
