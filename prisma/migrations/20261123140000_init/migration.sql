-- CreateEnum
CREATE TYPE "account_status" AS ENUM ('ACTIVE', 'SUSPENDED');

-- CreateEnum
CREATE TYPE "credit_entry_kind" AS ENUM ('GRANT', 'HOLD', 'POST', 'VOID', 'EXPIRE', 'ADJUST');

-- CreateEnum
CREATE TYPE "job_status" AS ENUM ('PENDING', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "llm_call_status" AS ENUM ('RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "usage_source" AS ENUM ('REPORTED', 'ESTIMATED', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "cost_source" AS ENUM ('UPSTREAM', 'PRICE_TABLE', 'UNPRICED');

-- CreateTable
CREATE TABLE "organizations" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" "account_status" NOT NULL DEFAULT 'ACTIVE',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_groups" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_models" (
    "group_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "priority" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "group_models_pkey" PRIMARY KEY ("group_id","position")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "status" "account_status" NOT NULL DEFAULT 'ACTIVE',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_model_groups" (
    "team_id" TEXT NOT NULL,
    "group_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "team_model_groups_pkey" PRIMARY KEY ("team_id","group_id")
);

-- CreateTable
CREATE TABLE "virtual_keys" (
    "id" UUID NOT NULL,
    "team_id" TEXT NOT NULL,
    "name" TEXT,
    "prefix" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "virtual_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_balances" (
    "team_id" TEXT NOT NULL,
    "allocated" INTEGER NOT NULL DEFAULT 0,
    "used" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "available" INTEGER NOT NULL DEFAULT 0,
    "last_sequence" INTEGER,

    CONSTRAINT "credit_balances_pkey" PRIMARY KEY ("team_id")
);

-- CreateTable
CREATE TABLE "credit_entries" (
    "id" UUID NOT NULL,
    "team_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "kind" "credit_entry_kind" NOT NULL,
    "credits" INTEGER NOT NULL,
    "held_credits" INTEGER NOT NULL,
    "available_after" INTEGER NOT NULL,
    "held_after" INTEGER NOT NULL,
    "previous_sequence" INTEGER,
    "available_before" INTEGER NOT NULL,
    "held_before" INTEGER NOT NULL,
    "job_id" UUID,
    "hold_entry_id" UUID,
    "reason" TEXT,
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "jobs" (
    "id" UUID NOT NULL,
    "team_id" TEXT NOT NULL,
    "job_type" TEXT NOT NULL,
    "status" "job_status" NOT NULL DEFAULT 'PENDING',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "error_message" TEXT,
    "of_one_call" BOOLEAN NOT NULL DEFAULT false,
    "closing_as" "job_status",
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "total_calls" INTEGER NOT NULL DEFAULT 0,
    "successful_calls" INTEGER NOT NULL DEFAULT 0,
    "failed_calls" INTEGER NOT NULL DEFAULT 0,
    "cancelled_calls" INTEGER NOT NULL DEFAULT 0,
    "running_calls" INTEGER NOT NULL DEFAULT 0,
    "prompt_tokens" BIGINT NOT NULL DEFAULT 0,
    "completion_tokens" BIGINT NOT NULL DEFAULT 0,
    "cost_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "failed_attempts_cost_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "latency_ms_total" BIGINT NOT NULL DEFAULT 0,
    "estimated_calls" INTEGER NOT NULL DEFAULT 0,
    "unknown_usage_calls" INTEGER NOT NULL DEFAULT 0,
    "unpriced_calls" INTEGER NOT NULL DEFAULT 0,
    "credit_applied" BOOLEAN NOT NULL DEFAULT false,
    "credits_remaining" INTEGER,

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "llm_calls" (
    "id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "status" "llm_call_status" NOT NULL DEFAULT 'RUNNING',
    "model_group" TEXT NOT NULL,
    "model" TEXT,
    "provider" TEXT,
    "purpose" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "content" TEXT,
    "tool_calls" JSONB NOT NULL DEFAULT '[]',
    "finish_reason" TEXT,
    "prompt_tokens" INTEGER,
    "completion_tokens" INTEGER,
    "cached_prompt_tokens" INTEGER,
    "reasoning_tokens" INTEGER,
    "usage_source" "usage_source",
    "cost_nano_usd" BIGINT,
    "cost_source" "cost_source",
    "latency_ms" INTEGER,
    "time_to_first_token_ms" INTEGER,
    "error_code" TEXT,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "llm_calls_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "model_groups_name_key" ON "model_groups"("name");

-- CreateIndex
CREATE UNIQUE INDEX "group_models_group_id_name_key" ON "group_models"("group_id", "name");

-- CreateIndex
CREATE INDEX "teams_organization_id_id_idx" ON "teams"("organization_id", "id");

-- CreateIndex
CREATE INDEX "team_model_groups_group_id_idx" ON "team_model_groups"("group_id");

-- CreateIndex
CREATE UNIQUE INDEX "virtual_keys_secret_hash_key" ON "virtual_keys"("secret_hash");

-- CreateIndex
CREATE INDEX "virtual_keys_team_id_created_at_idx" ON "virtual_keys"("team_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "credit_entries_team_id_sequence_key" ON "credit_entries"("team_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "credit_entries_state_key" ON "credit_entries"("team_id", "sequence", "available_after", "held_after");

-- CreateIndex
CREATE UNIQUE INDEX "credit_entries_job_id_kind_key" ON "credit_entries"("job_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "credit_entries_hold_entry_id_key" ON "credit_entries"("hold_entry_id");

-- CreateIndex
CREATE UNIQUE INDEX "credit_entries_id_job_id_key" ON "credit_entries"("id", "job_id");

-- CreateIndex
CREATE INDEX "jobs_team_id_created_at_id_idx" ON "jobs"("team_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "jobs_created_at_id_idx" ON "jobs"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "jobs_status_expires_at_idx" ON "jobs"("status", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "jobs_id_team_id_key" ON "jobs"("id", "team_id");

-- CreateIndex
CREATE INDEX "llm_calls_job_id_created_at_id_idx" ON "llm_calls"("job_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "llm_calls_status_lease_until_idx" ON "llm_calls"("status", "lease_until");

-- AddForeignKey
ALTER TABLE "group_models" ADD CONSTRAINT "group_models_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "model_groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_model_groups" ADD CONSTRAINT "team_model_groups_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_model_groups" ADD CONSTRAINT "team_model_groups_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "model_groups"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "virtual_keys" ADD CONSTRAINT "virtual_keys_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_balances" ADD CONSTRAINT "credit_balances_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_balances" ADD CONSTRAINT "credit_balances_last_entry_fkey" FOREIGN KEY ("team_id", "last_sequence", "available", "held") REFERENCES "credit_entries"("team_id", "sequence", "available_after", "held_after") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_job_id_team_id_fkey" FOREIGN KEY ("job_id", "team_id") REFERENCES "jobs"("id", "team_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_previous_fkey" FOREIGN KEY ("team_id", "previous_sequence", "available_before", "held_before") REFERENCES "credit_entries"("team_id", "sequence", "available_after", "held_after") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_hold_fkey" FOREIGN KEY ("hold_entry_id", "job_id") REFERENCES "credit_entries"("id", "job_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "llm_calls" ADD CONSTRAINT "llm_calls_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows is not in schema.prisma: the rules as CHECK constraints, and the ledger's immutability.

-- Accounts
ALTER TABLE "group_models" ADD CONSTRAINT "group_models_order_check" CHECK ("position" >= 0 AND "priority" >= 0);
ALTER TABLE "virtual_keys" ADD CONSTRAINT "virtual_keys_secret_hash_check" CHECK (length("secret_hash") = 32);

-- Credits: nothing below zero, and remaining = available + held = allocated - used.
ALTER TABLE "credit_balances"
    ADD CONSTRAINT "credit_balances_not_negative_check" CHECK ("allocated" >= 0 AND "used" >= 0 AND "held" >= 0 AND "available" >= 0),
    ADD CONSTRAINT "credit_balances_sum_check" CHECK ("available"::BIGINT + "held" = "allocated"::BIGINT - "used"),
    ADD CONSTRAINT "credit_balances_first_entry_check" CHECK ("last_sequence" IS NOT NULL OR ("allocated" = 0 AND "used" = 0 AND "held" = 0 AND "available" = 0));

ALTER TABLE "credit_entries"
    ADD CONSTRAINT "credit_entries_kind_check" CHECK (CASE "kind"
        WHEN 'GRANT' THEN "credits" > 0 AND "held_credits" = 0
        WHEN 'ADJUST' THEN "credits" <> 0 AND "held_credits" = 0
        WHEN 'HOLD' THEN "credits" = -1 AND "held_credits" = 1
        WHEN 'POST' THEN "credits" = 0 AND "held_credits" = -1
        ELSE "credits" = 1 AND "held_credits" = -1 END),
    ADD CONSTRAINT "credit_entries_job_check" CHECK (("job_id" IS NOT NULL) = ("kind" NOT IN ('GRANT', 'ADJUST'))),
    ADD CONSTRAINT "credit_entries_hold_check" CHECK (("hold_entry_id" IS NOT NULL) = ("kind" IN ('POST', 'VOID', 'EXPIRE'))),
    ADD CONSTRAINT "credit_entries_not_negative_check" CHECK ("available_after" >= 0 AND "held_after" >= 0),
    ADD CONSTRAINT "credit_entries_sum_check" CHECK ("available_after" = "available_before" + "credits" AND "held_after" = "held_before" + "held_credits"),
    ADD CONSTRAINT "credit_entries_chain_check" CHECK ("sequence" = COALESCE("previous_sequence", 0) + 1 AND ("previous_sequence" IS NULL OR "previous_sequence" > 0)),
    ADD CONSTRAINT "credit_entries_first_check" CHECK ("previous_sequence" IS NOT NULL OR ("available_before" = 0 AND "held_before" = 0));

CREATE FUNCTION "refuse_change_of_credit_entries"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'credit_entries is append-only';
END $$;
CREATE TRIGGER "credit_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "credit_entries"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_credit_entries"();

-- Jobs: a terminal state is complete in itself, and only COMPLETED takes the credit.
ALTER TABLE "jobs"
    ADD CONSTRAINT "jobs_terminal_check" CHECK (CASE WHEN "status" IN ('PENDING', 'IN_PROGRESS')
        THEN "completed_at" IS NULL AND "credits_remaining" IS NULL AND NOT "credit_applied"
        ELSE "completed_at" IS NOT NULL AND "credits_remaining" IS NOT NULL AND "running_calls" = 0 AND "closing_as" IS NULL
             AND "credit_applied" = ("status" = 'COMPLETED') END),
    ADD CONSTRAINT "jobs_started_check" CHECK (CASE "status" WHEN 'PENDING' THEN "started_at" IS NULL AND "total_calls" = 0
        WHEN 'IN_PROGRESS' THEN "started_at" IS NOT NULL ELSE TRUE END),
    ADD CONSTRAINT "jobs_closing_check" CHECK ("closing_as" IN ('FAILED', 'CANCELLED', 'EXPIRED')),
    ADD CONSTRAINT "jobs_calls_check" CHECK ("total_calls" = "successful_calls" + "failed_calls" + "cancelled_calls" + "running_calls"),
    ADD CONSTRAINT "jobs_totals_check" CHECK (LEAST("successful_calls", "failed_calls", "cancelled_calls", "running_calls", "prompt_tokens",
        "completion_tokens", "cost_nano_usd", "failed_attempts_cost_nano_usd", "latency_ms_total", "estimated_calls", "unknown_usage_calls",
        "unpriced_calls") >= 0 AND "failed_attempts_cost_nano_usd" <= "cost_nano_usd");

-- Calls: a running call has a lease and no outcome; a settled one has an outcome and no lease.
ALTER TABLE "llm_calls"
    ADD CONSTRAINT "llm_calls_settled_check" CHECK (CASE "status" WHEN 'RUNNING'
        THEN "lease_until" IS NOT NULL AND "finished_at" IS NULL AND "error_code" IS NULL AND "latency_ms" IS NULL
        ELSE "lease_until" IS NULL AND "finished_at" IS NOT NULL AND "latency_ms" IS NOT NULL END),
    ADD CONSTRAINT "llm_calls_error_check" CHECK (("error_code" IS NULL) = ("error_message" IS NULL)
        AND (CASE "status" WHEN 'SUCCEEDED' THEN "error_code" IS NULL WHEN 'FAILED' THEN "error_code" IS NOT NULL ELSE TRUE END)),
    ADD CONSTRAINT "llm_calls_usage_check" CHECK (("usage_source" IS NULL) = ("prompt_tokens" IS NULL) AND ("usage_source" IS NULL) = ("completion_tokens" IS NULL)
        AND LEAST("prompt_tokens", "completion_tokens", "cached_prompt_tokens", "reasoning_tokens", "latency_ms", "time_to_first_token_ms") >= 0),
    ADD CONSTRAINT "llm_calls_cost_check" CHECK (("cost_nano_usd" IS NOT NULL) = ("cost_source" IS NOT NULL AND "cost_source" <> 'UNPRICED') AND "cost_nano_usd" >= 0);
