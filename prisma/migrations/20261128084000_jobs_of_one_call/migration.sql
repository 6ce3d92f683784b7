-- A job that was opened for one call could be given a second one. It is an ordinary job from now on: if it is still open,
-- its team can complete it, or it runs out of time.
UPDATE "jobs" SET "of_one_call" = FALSE WHERE "of_one_call" AND "total_calls" > 1;

ALTER TABLE "jobs" ADD CONSTRAINT "jobs_of_one_call_check" CHECK (NOT "of_one_call" OR "total_calls" <= 1);

-- Such a job ends in the transaction that settles its call: what was answered is paid for, or neither is written.
CREATE FUNCTION "refuse_open_job_of_settled_call"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM "jobs" WHERE "id" = NEW."id" AND "status" = 'IN_PROGRESS' AND "running_calls" = 0) THEN
        RAISE EXCEPTION 'jobs_of_one_call_end: job % was opened for one call, and does not end with it', NEW."id";
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "jobs_of_one_call_end" AFTER UPDATE ON "jobs" DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW."of_one_call" AND OLD."running_calls" > 0 AND NEW."running_calls" = 0 AND NEW."status" = 'IN_PROGRESS')
    EXECUTE FUNCTION "refuse_open_job_of_settled_call"();
