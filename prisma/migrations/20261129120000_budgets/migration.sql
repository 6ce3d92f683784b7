-- CreateEnum
CREATE TYPE "billing_mode" AS ENUM ('JOB', 'USD', 'TOKENS');

-- AlterTable
ALTER TABLE "credit_grants" ADD COLUMN     "month" TEXT;

-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "markup_millionths" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "max_cost_nano_usd" BIGINT,
ADD COLUMN     "max_tokens" BIGINT,
ADD COLUMN     "nano_credits_per_usd" BIGINT,
ADD COLUMN     "tokens_per_credit" INTEGER;

-- AlterTable
ALTER TABLE "llm_calls" ADD COLUMN     "markup_millionths" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "billing_mode" "billing_mode" NOT NULL DEFAULT 'JOB',
ADD COLUMN     "low_credits_thresholds" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "markup_millionths" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "monthly_credits" INTEGER,
ADD COLUMN     "monthly_credits_from" TEXT,
ADD COLUMN     "nano_credits_per_usd" BIGINT,
ADD COLUMN     "tokens_per_credit" INTEGER,
ADD COLUMN     "unpaid_nano_usd_per_day" BIGINT;

-- CreateTable
CREATE TABLE "unpaid_costs" (
    "team_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "cost_nano_usd" BIGINT NOT NULL,

    CONSTRAINT "unpaid_costs_pkey" PRIMARY KEY ("team_id","day")
);

-- CreateIndex
CREATE UNIQUE INDEX "credit_grants_account_id_month_key" ON "credit_grants"("account_id", "month");

-- AddForeignKey
ALTER TABLE "unpaid_costs" ADD CONSTRAINT "unpaid_costs_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows is not in schema.prisma.
-- The figure of a billing mode is there if, and only if, it is the team's mode.
ALTER TABLE "teams"
    ADD CONSTRAINT "teams_billing_check" CHECK (("billing_mode" = 'USD') = ("nano_credits_per_usd" IS NOT NULL)
        AND ("billing_mode" = 'TOKENS') = ("tokens_per_credit" IS NOT NULL)),
    ADD CONSTRAINT "teams_billing_figures_check" CHECK ("nano_credits_per_usd" > 0 AND "tokens_per_credit" > 0 AND "markup_millionths" >= 0
        AND "monthly_credits" > 0 AND "unpaid_nano_usd_per_day" >= 0),
    ADD CONSTRAINT "teams_monthly_credits_check" CHECK (("monthly_credits" IS NULL) = ("monthly_credits_from" IS NULL)
        AND "monthly_credits_from" ~ '^\d{4}-\d{2}$');
ALTER TABLE "credit_grants" ADD CONSTRAINT "credit_grants_month_check" CHECK ("month" ~ '^\d{4}-\d{2}$');
ALTER TABLE "jobs"
    ADD CONSTRAINT "jobs_billing_check" CHECK (("nano_credits_per_usd" IS NULL OR "tokens_per_credit" IS NULL) AND "nano_credits_per_usd" > 0
        AND "tokens_per_credit" > 0 AND "markup_millionths" >= 0 AND "max_cost_nano_usd" > 0 AND "max_tokens" > 0);
ALTER TABLE "unpaid_costs" ADD CONSTRAINT "unpaid_costs_not_negative_check" CHECK ("cost_nano_usd" >= 0);
-- Teams with monthly credits.
CREATE INDEX "teams_monthly_credits_idx" ON "teams"("monthly_credits_from") WHERE "monthly_credits" IS NOT NULL;
