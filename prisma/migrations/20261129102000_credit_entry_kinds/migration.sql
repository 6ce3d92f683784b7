-- A value of an enum can be used only after the transaction that adds it. So these have a migration of their own.
-- AlterEnum
ALTER TYPE "credit_entry_kind" ADD VALUE 'LAPSE';
ALTER TYPE "credit_entry_kind" ADD VALUE 'TRANSFER_IN';
ALTER TYPE "credit_entry_kind" ADD VALUE 'TRANSFER_OUT';

-- CreateEnum
CREATE TYPE "credit_category" AS ENUM ('PAID', 'PROMOTIONAL');
