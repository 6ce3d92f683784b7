-- What a call asked for. All calls until now are chats, and so are those that older versions still write.
CREATE TYPE "llm_call_kind" AS ENUM ('CHAT', 'EMBEDDING', 'COMPLETION', 'MODERATION');
ALTER TABLE "llm_calls" ADD COLUMN "kind" "llm_call_kind" NOT NULL DEFAULT 'CHAT';

-- Lists of calls of a kind that is rare. Calls of chats, which are most, are not in it.
CREATE INDEX "llm_calls_kind_idx" ON "llm_calls" ("created_at" DESC, "id" DESC) WHERE "kind" <> 'CHAT';

-- Vectors of two models do not compare, unless the admin says that they do.
ALTER TABLE "model_groups" ADD COLUMN "interchangeable_embeddings" BOOLEAN NOT NULL DEFAULT FALSE;
