-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "default_key_limits" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "limits" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "would_refuse" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "virtual_keys" ADD COLUMN     "limits" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "would_refuse" BIGINT NOT NULL DEFAULT 0;

-- Not in schema.prisma: limits are an object, and each figure in it, or in its override, is a whole number above 0.
ALTER TABLE "teams" ADD CONSTRAINT "teams_limits_check" CHECK (jsonb_typeof("limits") = 'object' AND NOT jsonb_path_exists("limits", '$.**{0 to 1} ? (@.type() == "object").keyvalue() ? (@.key == "requestsPerMinute" || @.key == "tokensPerMinute" || @.key == "concurrentCalls").value ? (@.type() != "number" || @ < 1 || @ != @.floor())'));
ALTER TABLE "teams" ADD CONSTRAINT "teams_default_key_limits_check" CHECK (jsonb_typeof("default_key_limits") = 'object' AND NOT jsonb_path_exists("default_key_limits", '$.**{0 to 1} ? (@.type() == "object").keyvalue() ? (@.key == "requestsPerMinute" || @.key == "tokensPerMinute" || @.key == "concurrentCalls").value ? (@.type() != "number" || @ < 1 || @ != @.floor())'));
ALTER TABLE "virtual_keys" ADD CONSTRAINT "virtual_keys_limits_check" CHECK (jsonb_typeof("limits") = 'object' AND NOT jsonb_path_exists("limits", '$.**{0 to 1} ? (@.type() == "object").keyvalue() ? (@.key == "requestsPerMinute" || @.key == "tokensPerMinute" || @.key == "concurrentCalls").value ? (@.type() != "number" || @ < 1 || @ != @.floor())'));

-- Not in schema.prisma: a count is not negative.
ALTER TABLE "teams" ADD CONSTRAINT "teams_would_refuse_check" CHECK ("would_refuse" >= 0);
ALTER TABLE "virtual_keys" ADD CONSTRAINT "virtual_keys_would_refuse_check" CHECK ("would_refuse" >= 0);
