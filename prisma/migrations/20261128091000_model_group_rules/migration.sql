-- AlterTable
ALTER TABLE "model_groups" ADD COLUMN     "allowed_options" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "max_output_tokens" INTEGER;

-- Not in schema.prisma: a limit lets at least one token through.
ALTER TABLE "model_groups" ADD CONSTRAINT "model_groups_max_output_tokens_check" CHECK ("max_output_tokens" > 0);
