-- What a call asked for. All calls until now are chats, and so are those that older versions still write.
CREATE TYPE "llm_call_kind" AS ENUM ('CHAT', 'EMBEDDING', 'COMPLETION', 'MODERATION');
ALTER TABLE "llm_calls" ADD COLUMN "kind" "llm_call_kind" NOT NULL DEFAULT 'CHAT';

-- Vectors of two models do not compare, unless the admin says that they do.
ALTER TABLE "model_groups" ADD COLUMN "interchangeable_embeddings" BOOLEAN NOT NULL DEFAULT FALSE;
