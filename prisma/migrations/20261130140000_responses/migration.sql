-- What is kept of a response, so that it can be read and gone on from: what was asked. Its answer is in llm_calls.

-- CreateTable
CREATE TABLE "responses" (
    "call_id" UUID NOT NULL,
    "team_id" TEXT NOT NULL,
    "previous_id" UUID,
    "input" TEXT NOT NULL,
    "asked" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "responses_pkey" PRIMARY KEY ("call_id")
);

-- CreateIndex
CREATE INDEX "responses_created_at_idx" ON "responses"("created_at");

-- CreateIndex
CREATE INDEX "responses_team_id_bytes_idx" ON "responses"("team_id", "bytes");

-- AddForeignKey
ALTER TABLE "responses" ADD CONSTRAINT "responses_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "llm_calls"("id") ON DELETE CASCADE ON UPDATE CASCADE;
