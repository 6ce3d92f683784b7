-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "suspended_by" TEXT;

-- AlterTable
ALTER TABLE "virtual_keys" ADD COLUMN     "model_groups" JSONB,
ADD COLUMN     "previous_secret_hash" BYTEA,
ADD COLUMN     "previous_valid_until" TIMESTAMPTZ(3),
ADD COLUMN     "rotations" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE UNIQUE INDEX "virtual_keys_previous_secret_hash_key" ON "virtual_keys"("previous_secret_hash");

-- Not in schema.prisma: a team that is deleted has the time of it, and the teams that were deleted last are found by it.
ALTER TABLE "teams" ADD CONSTRAINT "teams_deleted_at_check" CHECK (("status" = 'DELETED') = ("deleted_at" IS NOT NULL));
CREATE INDEX "teams_deleted_idx" ON "teams"("deleted_at") WHERE "deleted_at" IS NOT NULL;

-- Not in schema.prisma: the secret before the present one is a SHA-256 with an end, and another secret.
ALTER TABLE "virtual_keys" ADD CONSTRAINT "virtual_keys_previous_secret_check" CHECK (
  CASE WHEN "previous_secret_hash" IS NULL THEN "previous_valid_until" IS NULL
    ELSE "previous_valid_until" IS NOT NULL AND length("previous_secret_hash") = 32 AND "previous_secret_hash" <> "secret_hash" AND "rotations" > 0 END);
ALTER TABLE "virtual_keys" ADD CONSTRAINT "virtual_keys_rotations_check" CHECK ("rotations" >= 0);

-- Not in schema.prisma: the model groups of a key are a list.
ALTER TABLE "virtual_keys" ADD CONSTRAINT "virtual_keys_model_groups_check" CHECK ("model_groups" IS NULL OR jsonb_typeof("model_groups") = 'array');
