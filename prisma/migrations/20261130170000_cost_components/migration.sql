-- What an answer's cost consists of. Rows that older versions wrote, or still write, know none of it.
ALTER TABLE "llm_calls" ADD COLUMN "cache_write_prompt_tokens" BIGINT,
  ADD COLUMN "one_hour_cache_write_prompt_tokens" BIGINT,
  ADD COLUMN "audio_prompt_tokens" BIGINT,
  ADD COLUMN "audio_completion_tokens" BIGINT,
  ADD COLUMN "has_unpriced_part" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "llm_call_attempts" ADD COLUMN "cache_write_prompt_tokens" BIGINT,
  ADD COLUMN "one_hour_cache_write_prompt_tokens" BIGINT,
  ADD COLUMN "audio_prompt_tokens" BIGINT,
  ADD COLUMN "audio_completion_tokens" BIGINT,
  ADD COLUMN "cost_components" JSONB NOT NULL DEFAULT '[]';

ALTER TABLE "jobs" ADD COLUMN "partly_unpriced_calls" INTEGER NOT NULL DEFAULT 0;

-- What an older version counts beside a newer one lacks these figures.
ALTER TABLE "usage_rollups" ADD COLUMN "partly_unpriced_calls" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "cache_write_prompt_tokens" DECIMAL NOT NULL DEFAULT 0,
  ADD COLUMN "audio_prompt_tokens" DECIMAL NOT NULL DEFAULT 0,
  ADD COLUMN "audio_completion_tokens" DECIMAL NOT NULL DEFAULT 0;

-- Further prices of the admin. Null: there is none.
ALTER TABLE "model_prices" ADD COLUMN "cache_write_nano_usd_per_million_tokens" BIGINT,
  ADD COLUMN "one_hour_cache_write_nano_usd_per_million_tokens" BIGINT,
  ADD COLUMN "audio_input_nano_usd_per_million_tokens" BIGINT,
  ADD COLUMN "audio_output_nano_usd_per_million_tokens" BIGINT,
  ADD COLUMN "long_context_threshold_tokens" INTEGER,
  ADD COLUMN "long_context_input_nano_usd_per_million_tokens" BIGINT,
  ADD COLUMN "long_context_output_nano_usd_per_million_tokens" BIGINT,
  ADD COLUMN "long_context_cached_input_nano_usd_per_million_tokens" BIGINT;

-- What follows is not in schema.prisma. Nothing is checked of the rows that there are: all that is new is null or 0 in them.
ALTER TABLE "llm_calls" ADD CONSTRAINT "llm_calls_parts_check" CHECK (LEAST("cache_write_prompt_tokens",
    "one_hour_cache_write_prompt_tokens", "audio_prompt_tokens", "audio_completion_tokens") >= 0
    AND (NOT "has_unpriced_part" OR "cost_nano_usd" IS NOT NULL)) NOT VALID;
ALTER TABLE "llm_call_attempts" ADD CONSTRAINT "llm_call_attempts_parts_check" CHECK (LEAST("cache_write_prompt_tokens",
    "one_hour_cache_write_prompt_tokens", "audio_prompt_tokens", "audio_completion_tokens") >= 0
    AND jsonb_typeof("cost_components") = 'array') NOT VALID;
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_partly_unpriced_calls_check" CHECK ("partly_unpriced_calls" >= 0) NOT VALID;
ALTER TABLE "model_prices" ADD CONSTRAINT "model_prices_more_not_negative_check" CHECK (LEAST("cache_write_nano_usd_per_million_tokens",
    "one_hour_cache_write_nano_usd_per_million_tokens", "audio_input_nano_usd_per_million_tokens",
    "audio_output_nano_usd_per_million_tokens", "long_context_input_nano_usd_per_million_tokens",
    "long_context_output_nano_usd_per_million_tokens", "long_context_cached_input_nano_usd_per_million_tokens") >= 0),
  ADD CONSTRAINT "model_prices_long_context_check" CHECK ("long_context_threshold_tokens" > 0
    AND ("long_context_threshold_tokens" IS NULL) = ("long_context_input_nano_usd_per_million_tokens" IS NULL)
    AND ("long_context_threshold_tokens" IS NULL) = ("long_context_output_nano_usd_per_million_tokens" IS NULL)
    AND ("long_context_threshold_tokens" IS NOT NULL OR "long_context_cached_input_nano_usd_per_million_tokens" IS NULL));
