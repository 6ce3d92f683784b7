-- Models of one priority may share calls by weight. Null in all rows until now: they are tried as they are listed.
ALTER TABLE "group_models" ADD COLUMN "weight" INTEGER,
  ADD CONSTRAINT "group_models_weight_check" CHECK ("weight" BETWEEN 1 AND 1000);

-- Which upstream was asked. Null in rows that older versions wrote or still write, and if nobody knows.
ALTER TABLE "llm_call_attempts" ADD COLUMN "upstream" TEXT;
