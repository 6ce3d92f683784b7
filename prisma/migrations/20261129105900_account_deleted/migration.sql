-- A value of an enum can be used only after the transaction that adds it. So it has a migration of its own.
-- AlterEnum
ALTER TYPE "account_status" ADD VALUE 'DELETED';
