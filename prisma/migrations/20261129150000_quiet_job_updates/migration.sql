-- Each call of a job changed what the job's indexes have, and so each of its two updates wrote a new entry in all of them.
-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "cost_digits" INTEGER NOT NULL DEFAULT 0;

-- What follows is not in schema.prisma.
-- PostgreSQL alters no table for which deferred triggers wait.
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE "jobs" SET "cost_digits" = length("cost_nano_usd"::text) WHERE "completed_at" IS NULL AND "cost_nano_usd" > 0;
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_cost_digits_check" CHECK ("completed_at" IS NOT NULL
    OR "cost_digits" = CASE WHEN "cost_nano_usd" > 0 THEN length("cost_nano_usd"::text) ELSE 0 END);
-- The open jobs of a team that have cost something, the dearest first.
DROP INDEX "jobs_open_cost_idx";
CREATE INDEX "jobs_open_cost_idx" ON "jobs"("team_id", "cost_digits" DESC) WHERE "completed_at" IS NULL AND "cost_digits" > 0;
-- An update that leaves the indexes alone needs room on the page of its row.
ALTER TABLE "jobs" SET (fillfactor = 90);
