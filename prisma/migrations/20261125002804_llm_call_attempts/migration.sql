-- AlterTable
ALTER TABLE "llm_calls" ADD COLUMN     "cancel_requested_by" TEXT;

-- CreateTable
CREATE TABLE "llm_call_attempts" (
    "call_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "model" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "status" "llm_call_status" NOT NULL,
    "error_kind" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "first_token_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "prompt_tokens" INTEGER,
    "completion_tokens" INTEGER,
    "cached_prompt_tokens" INTEGER,
    "reasoning_tokens" INTEGER,
    "usage_source" "usage_source",
    "cost_nano_usd" BIGINT,
    "cost_source" "cost_source",

    CONSTRAINT "llm_call_attempts_pkey" PRIMARY KEY ("call_id","number")
);

-- AddForeignKey
ALTER TABLE "llm_call_attempts" ADD CONSTRAINT "llm_call_attempts_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "llm_calls"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "llm_calls" ADD CONSTRAINT "llm_calls_cancel_requested_check" CHECK ("cancel_requested_by" IS NULL OR "cancel_requested_by" <> '');
ALTER TABLE "llm_call_attempts"
    ADD CONSTRAINT "llm_call_attempts_status_check" CHECK ("number" >= 1 AND "status" <> 'RUNNING' AND ("error_kind" IS NOT NULL) = ("status" = 'FAILED')),
    ADD CONSTRAINT "llm_call_attempts_usage_check" CHECK (("usage_source" IS NULL) = ("prompt_tokens" IS NULL) AND ("usage_source" IS NULL) = ("completion_tokens" IS NULL)
        AND LEAST("prompt_tokens", "completion_tokens", "cached_prompt_tokens", "reasoning_tokens") >= 0),
    ADD CONSTRAINT "llm_call_attempts_cost_check" CHECK (("cost_nano_usd" IS NOT NULL) = ("cost_source" IS NOT NULL AND "cost_source" <> 'UNPRICED') AND "cost_nano_usd" >= 0);
