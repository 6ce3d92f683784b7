-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "key_id" UUID;

-- AlterTable
ALTER TABLE "llm_calls" ADD COLUMN     "key_id" UUID,
ADD COLUMN     "team_id" TEXT;

-- CreateTable
CREATE TABLE "organization_keys" (
    "id" UUID NOT NULL,
    "organization_id" TEXT NOT NULL,
    "name" TEXT,
    "prefix" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "organization_keys_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organization_keys_secret_hash_key" ON "organization_keys"("secret_hash");

-- CreateIndex
CREATE INDEX "organization_keys_organization_id_created_at_idx" ON "organization_keys"("organization_id", "created_at");

-- AddForeignKey
ALTER TABLE "organization_keys" ADD CONSTRAINT "organization_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Not in schema.prisma: a SHA-256 has 32 bytes.
ALTER TABLE "organization_keys" ADD CONSTRAINT "organization_keys_secret_hash_check" CHECK (length("secret_hash") = 32);

-- The team of calls that are there already. Which key made them was not stored, and is not guessed.
UPDATE "llm_calls" SET "team_id" = "jobs"."team_id" FROM "jobs" WHERE "jobs"."id" = "job_id";
