-- CreateEnum
CREATE TYPE "allowance_period" AS ENUM ('MONTH', 'TOTAL');

-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "allowance_span" TEXT;

-- AlterTable
ALTER TABLE "virtual_keys" ADD COLUMN     "allowance_jobs" INTEGER,
ADD COLUMN     "allowance_period" "allowance_period",
ADD COLUMN     "allowance_resets" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "allowance_span" TEXT,
ADD COLUMN     "allowance_used" INTEGER NOT NULL DEFAULT 0;

-- Not in schema.prisma.
ALTER TABLE "virtual_keys"
    ADD CONSTRAINT "virtual_keys_allowance_check" CHECK (("allowance_jobs" IS NULL) = ("allowance_period" IS NULL) AND "allowance_jobs" > 0),
    ADD CONSTRAINT "virtual_keys_allowance_used_check" CHECK ("allowance_used" >= 0 AND ("allowance_used" = 0 OR "allowance_span" IS NOT NULL));
