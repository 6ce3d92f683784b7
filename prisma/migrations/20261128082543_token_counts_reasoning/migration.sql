-- AlterTable
ALTER TABLE "llm_call_attempts" ALTER COLUMN "prompt_tokens" SET DATA TYPE BIGINT,
ALTER COLUMN "completion_tokens" SET DATA TYPE BIGINT,
ALTER COLUMN "cached_prompt_tokens" SET DATA TYPE BIGINT,
ALTER COLUMN "reasoning_tokens" SET DATA TYPE BIGINT;

-- AlterTable
ALTER TABLE "llm_calls" ADD COLUMN     "error_data" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "extensions" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "reasoning" TEXT,
ALTER COLUMN "prompt_tokens" SET DATA TYPE BIGINT,
ALTER COLUMN "completion_tokens" SET DATA TYPE BIGINT,
ALTER COLUMN "cached_prompt_tokens" SET DATA TYPE BIGINT,
ALTER COLUMN "reasoning_tokens" SET DATA TYPE BIGINT;
