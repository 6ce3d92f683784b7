-- CreateEnum
CREATE TYPE "usage_span" AS ENUM ('HOUR', 'DAY', 'TEN_DAYS', 'MONTH');

-- CreateEnum
CREATE TYPE "usage_cut" AS ENUM ('ACCOUNT', 'WORK', 'TEAM_WORK', 'FULL');

-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "credit_price_nano_usd" BIGINT;

-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "credit_price_nano_usd" BIGINT;

-- CreateTable
CREATE TABLE "usage_pending" (
    "id" BIGSERIAL NOT NULL,
    "job_id" UUID NOT NULL,
    "call_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT tollgate_now(),
    "is_postponed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "usage_pending_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_rollups" (
    "span" "usage_span" NOT NULL,
    "cut" "usage_cut" NOT NULL,
    "start" TIMESTAMPTZ(3) NOT NULL,
    "organization_id" TEXT COLLATE "C" NOT NULL,
    "team_id" TEXT COLLATE "C" NOT NULL,
    "key_id" TEXT COLLATE "C" NOT NULL,
    "model_group" TEXT COLLATE "C" NOT NULL,
    "model" TEXT COLLATE "C" NOT NULL,
    "job_type" TEXT COLLATE "C" NOT NULL,
    "outcome" TEXT COLLATE "C" NOT NULL,
    "jobs" BIGINT NOT NULL,
    "priced_jobs" BIGINT NOT NULL,
    "posted_credits" BIGINT NOT NULL,
    "unpriced_credits" BIGINT NOT NULL,
    "revenue_nano_usd" DECIMAL NOT NULL,
    "calls" BIGINT NOT NULL,
    "successful_calls" BIGINT NOT NULL,
    "failed_calls" BIGINT NOT NULL,
    "cancelled_calls" BIGINT NOT NULL,
    "estimated_calls" BIGINT NOT NULL,
    "unknown_usage_calls" BIGINT NOT NULL,
    "unpriced_calls" BIGINT NOT NULL,
    "fallbacks" BIGINT NOT NULL,
    "rescued_calls" BIGINT NOT NULL,
    "attempts" BIGINT NOT NULL,
    "failed_attempts" BIGINT NOT NULL,
    "prompt_tokens" DECIMAL NOT NULL,
    "completion_tokens" DECIMAL NOT NULL,
    "cached_prompt_tokens" DECIMAL NOT NULL,
    "reasoning_tokens" DECIMAL NOT NULL,
    "cost_nano_usd" DECIMAL NOT NULL,
    "shown_cost_femto_usd" DECIMAL NOT NULL,
    "failed_cost_nano_usd" DECIMAL NOT NULL,
    "shown_failed_cost_femto_usd" DECIMAL NOT NULL,
    "latencies" DECIMAL NOT NULL,
    "times_to_first_token" DECIMAL NOT NULL,

    CONSTRAINT "usage_rollups_pkey" PRIMARY KEY ("span","cut","start","organization_id","team_id","key_id","model_group","model","job_type","outcome")
);

-- CreateIndex
CREATE INDEX "usage_pending_job_id_idx" ON "usage_pending"("job_id");

-- What follows is not in schema.prisma. Nor is the order of the names, which is that of their bytes.
ALTER TABLE "teams" ADD CONSTRAINT "teams_credit_price_check" CHECK ("credit_price_nano_usd" >= 0);
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_credit_price_check" CHECK ("credit_price_nano_usd" >= 0);
-- The rows of calls of open jobs, which count nothing any more when the jobs have ended.
CREATE INDEX "usage_rollups_open_idx" ON "usage_rollups"("start") WHERE "outcome" = 'IN_PROGRESS';
-- An update that leaves the indexes alone needs room on the page of its row.
ALTER TABLE "usage_rollups" SET (fillfactor = 80);
CREATE INDEX "usage_pending_postponed_idx" ON "usage_pending"("id") WHERE "is_postponed";
-- Rows come and go all the time.
ALTER TABLE "usage_pending" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
