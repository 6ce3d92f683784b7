-- AlterEnum
ALTER TYPE "cost_source" ADD VALUE 'ADMIN_PRICE';

-- CreateTable
CREATE TABLE "model_prices" (
    "model" TEXT NOT NULL,
    "input_nano_usd_per_million_tokens" BIGINT NOT NULL,
    "output_nano_usd_per_million_tokens" BIGINT NOT NULL,
    "cached_input_nano_usd_per_million_tokens" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_prices_pkey" PRIMARY KEY ("model")
);

-- Not in schema.prisma: no price is negative.
ALTER TABLE "model_prices" ADD CONSTRAINT "model_prices_not_negative_check" CHECK (LEAST("input_nano_usd_per_million_tokens",
    "output_nano_usd_per_million_tokens", "cached_input_nano_usd_per_million_tokens") >= 0);
