-- Lists of calls over all teams, and filters of the lists of jobs and calls.

-- An older version of the gateway writes no team. Lists of a team are read by it.
UPDATE "llm_calls" SET "team_id" = "jobs"."team_id" FROM "jobs" WHERE "jobs"."id" = "job_id" AND "llm_calls"."team_id" IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;

CREATE FUNCTION "give_call_its_team"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    SELECT "team_id" INTO NEW."team_id" FROM "jobs" WHERE "id" = NEW."job_id";
    RETURN NEW;
END $$;
-- An older process may run beside this version while an upgrade is under way.
CREATE TRIGGER "llm_calls_team" BEFORE INSERT ON "llm_calls"
    FOR EACH ROW WHEN (NEW."team_id" IS NULL) EXECUTE FUNCTION "give_call_its_team"();

-- DropIndex
DROP INDEX "llm_calls_status_lease_until_idx";

-- CreateIndex
CREATE INDEX "llm_calls_status_created_at_id_idx" ON "llm_calls"("status", "created_at" DESC, "id" DESC);

-- NULLS LAST is not in schema.prisma. No value is null: it makes the order of a team's list another one than that of the
-- list of all teams, as with jobs.
-- CreateIndex
CREATE INDEX "llm_calls_team_id_status_created_at_id_idx" ON "llm_calls"("team_id", "status", "created_at" DESC NULLS LAST, "id" DESC NULLS LAST);

-- CreateIndex
CREATE INDEX "jobs_key_id_status_created_at_id_idx" ON "jobs"("key_id", "status", "created_at" DESC NULLS LAST, "id" DESC NULLS LAST);

-- Not in schema.prisma: indexes of some of the rows, and of words.
-- Running calls, by the time at which their lease runs out.
CREATE INDEX "llm_calls_running_idx" ON "llm_calls"("lease_until") WHERE "status" = 'RUNNING';
-- Calls that did not succeed, by the code of their error, of all teams and of one.
CREATE INDEX "llm_calls_error_code_idx" ON "llm_calls"("error_code", "created_at" DESC, "id" DESC) WHERE "error_code" IS NOT NULL;
CREATE INDEX "llm_calls_team_id_error_code_idx" ON "llm_calls"("team_id", "error_code", "created_at" DESC NULLS LAST, "id" DESC NULLS LAST) WHERE "error_code" IS NOT NULL;
CREATE INDEX "llm_calls_error_words_idx" ON "llm_calls" USING gin (to_tsvector('simple', "error_message")) WHERE "error_message" IS NOT NULL;
CREATE INDEX "llm_calls_metadata_idx" ON "llm_calls" USING gin ("metadata" jsonb_path_ops) WHERE "metadata" <> '{}';
CREATE INDEX "jobs_error_words_idx" ON "jobs" USING gin (to_tsvector('simple', "error_message")) WHERE "error_message" IS NOT NULL;
CREATE INDEX "jobs_metadata_idx" ON "jobs" USING gin ("metadata" jsonb_path_ops) WHERE "metadata" <> '{}';
