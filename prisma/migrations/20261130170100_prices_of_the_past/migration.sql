-- One price held for all tokens of a prompt, and one for all of an answer. It is written out, so that no price changes by this.
UPDATE "model_prices" SET "cache_write_nano_usd_per_million_tokens" = "input_nano_usd_per_million_tokens",
    "one_hour_cache_write_nano_usd_per_million_tokens" = "input_nano_usd_per_million_tokens",
    "audio_input_nano_usd_per_million_tokens" = "input_nano_usd_per_million_tokens",
    "audio_output_nano_usd_per_million_tokens" = "output_nano_usd_per_million_tokens";
