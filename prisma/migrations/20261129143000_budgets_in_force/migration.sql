-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "unpaid_is_enforced" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "unpaid_raised_nano_usd" BIGINT,
ADD COLUMN     "unpaid_raised_until" TIMESTAMPTZ(3),
ADD COLUMN     "unpaid_would_refuse" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "virtual_keys" ADD COLUMN     "allowance_is_enforced" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "allowance_raised_jobs" INTEGER,
ADD COLUMN     "allowance_raised_until" TIMESTAMPTZ(3),
ADD COLUMN     "allowance_would_refuse" BIGINT NOT NULL DEFAULT 0;

-- What follows is not in schema.prisma.
ALTER TABLE "teams"
    ADD CONSTRAINT "teams_unpaid_raised_check" CHECK (("unpaid_raised_nano_usd" IS NULL) = ("unpaid_raised_until" IS NULL)
        AND "unpaid_raised_nano_usd" >= 0),
    ADD CONSTRAINT "teams_unpaid_would_refuse_check" CHECK ("unpaid_would_refuse" >= 0);
ALTER TABLE "virtual_keys"
    ADD CONSTRAINT "virtual_keys_allowance_raised_check" CHECK (("allowance_raised_jobs" IS NULL) = ("allowance_raised_until" IS NULL)
        AND ("allowance_raised_jobs" IS NULL OR "allowance_jobs" IS NOT NULL) AND "allowance_raised_jobs" > 0),
    ADD CONSTRAINT "virtual_keys_allowance_would_refuse_check" CHECK ("allowance_would_refuse" >= 0);
-- The open jobs of a team that have cost something, the dearest first.
CREATE INDEX "jobs_open_cost_idx" ON "jobs"("team_id", "cost_nano_usd" DESC) WHERE "completed_at" IS NULL AND "cost_nano_usd" > 0;
