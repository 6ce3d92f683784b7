-- DropIndex
DROP INDEX "jobs_created_at_id_idx";

-- DropIndex
DROP INDEX "jobs_status_expires_at_idx";

-- DropIndex
DROP INDEX "jobs_team_id_created_at_id_idx";

-- NULLS LAST is not in schema.prisma. No value is null: it makes the order of a team's list another one than that of the
-- list of all teams, so that the database never reads the jobs of all teams to find those of one.
-- CreateIndex
CREATE INDEX "jobs_team_id_status_created_at_id_idx" ON "jobs"("team_id", "status", "created_at" DESC NULLS LAST, "id" DESC NULLS LAST);

-- CreateIndex
CREATE INDEX "jobs_team_id_job_type_status_created_at_id_idx" ON "jobs"("team_id", "job_type", "status", "created_at" DESC NULLS LAST, "id" DESC NULLS LAST);

-- CreateIndex
CREATE INDEX "jobs_status_created_at_id_idx" ON "jobs"("status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "jobs_job_type_status_created_at_id_idx" ON "jobs"("job_type", "status", "created_at" DESC, "id" DESC);

-- Not in schema.prisma: what background tasks look for has a small index of its own, with nothing else in it.
-- Open jobs, by the time at which they expire.
CREATE INDEX "jobs_open_idx" ON "jobs"("expires_at") WHERE "completed_at" IS NULL AND "closing_as" IS NULL;
-- Jobs that are being closed.
CREATE INDEX "jobs_closing_idx" ON "jobs"("expires_at", "id") WHERE "closing_as" IS NOT NULL;
-- Calls whose answer is still there, by the time at which they ended.
CREATE INDEX "llm_calls_answered_idx" ON "llm_calls"("finished_at")
    WHERE "content" IS NOT NULL OR "reasoning" IS NOT NULL OR "tool_calls" <> '[]' OR "extensions" <> '{}';
