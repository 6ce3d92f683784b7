-- Accounts of organizations beside those of teams, holds of more than one credit, grants that expire, and transfers. Every
-- row of credit_entries is written anew, once: about ten seconds for a million entries.
ALTER TABLE "credit_entries" DISABLE TRIGGER "credit_entries_append_only";

-- DropForeignKey
ALTER TABLE "credit_balances" DROP CONSTRAINT "credit_balances_last_entry_fkey", DROP CONSTRAINT "credit_balances_team_id_fkey",
    DROP CONSTRAINT "credit_balances_not_negative_check";
ALTER TABLE "credit_entries" DROP CONSTRAINT "credit_entries_hold_fkey", DROP CONSTRAINT "credit_entries_job_id_team_id_fkey",
    DROP CONSTRAINT "credit_entries_previous_fkey", DROP CONSTRAINT "credit_entries_team_id_fkey",
    DROP CONSTRAINT "credit_entries_kind_check", DROP CONSTRAINT "credit_entries_job_check", DROP CONSTRAINT "credit_entries_hold_check",
    DROP CONSTRAINT "credit_entries_not_negative_check", DROP CONSTRAINT "credit_entries_sum_check",
    DROP CONSTRAINT "credit_entries_first_check";

-- DropIndex
DROP INDEX "credit_entries_hold_entry_id_key";
DROP INDEX "credit_entries_id_job_id_key";
DROP INDEX "credit_entries_job_id_kind_key";
DROP INDEX "credit_entries_state_key";
DROP INDEX "credit_entries_team_id_sequence_key";

-- AlterTable: the account of a team has the team's id.
ALTER TABLE "credit_balances" RENAME COLUMN "team_id" TO "account_id";
ALTER TABLE "credit_balances" ADD COLUMN "team_id" TEXT, ADD COLUMN "organization_id" TEXT, ADD COLUMN "used_of_grants" INTEGER NOT NULL DEFAULT 0;
UPDATE "credit_balances" SET "team_id" = "account_id", "used_of_grants" = "used";

-- AlterTable: what no job has yet ended holds one credit and has one entry.
ALTER TABLE "jobs" ADD COLUMN "held_credits" INTEGER NOT NULL DEFAULT 1, ADD COLUMN "entry_count" INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN "posted_credits" INTEGER NOT NULL DEFAULT 0;
UPDATE "jobs" SET "held_credits" = 0, "entry_count" = 2, "posted_credits" = ("status" = 'COMPLETED')::INTEGER WHERE "completed_at" IS NOT NULL;

-- AlterTable: the figures of the entries that there are.
ALTER TABLE "credit_entries" RENAME COLUMN "team_id" TO "account_id";
ALTER TABLE "credit_entries" DROP COLUMN "hold_entry_id", ADD COLUMN "allocated_after" INTEGER, ADD COLUMN "allocated_before" INTEGER,
    ADD COLUMN "job_sequence" INTEGER, ADD COLUMN "previous_job_sequence" INTEGER, ADD COLUMN "job_held_before" INTEGER,
    ADD COLUMN "job_held_after" INTEGER, ADD COLUMN "about_entry_id" UUID, ADD COLUMN "transfer_id" UUID;
UPDATE "credit_entries" SET "allocated_after" = "allocated", "allocated_before" = "allocated" - CASE WHEN "job_id" IS NULL THEN "credits" ELSE 0 END,
    "job_sequence" = CASE WHEN "job_id" IS NOT NULL THEN CASE "kind" WHEN 'HOLD' THEN 1 ELSE 2 END END,
    "previous_job_sequence" = CASE WHEN "job_id" IS NOT NULL AND "kind" <> 'HOLD' THEN 1 END,
    "job_held_before" = CASE WHEN "job_id" IS NOT NULL THEN CASE "kind" WHEN 'HOLD' THEN 0 ELSE 1 END END,
    "job_held_after" = CASE WHEN "job_id" IS NOT NULL THEN CASE "kind" WHEN 'HOLD' THEN 1 ELSE 0 END END
FROM (SELECT "id" AS "entry_id", sum("credits") FILTER (WHERE "job_id" IS NULL) OVER (PARTITION BY "account_id" ORDER BY "sequence") AS "allocated"
    FROM "credit_entries") AS "sums" WHERE "id" = "entry_id";
ALTER TABLE "credit_entries" ALTER COLUMN "allocated_after" SET NOT NULL, ALTER COLUMN "allocated_before" SET NOT NULL;

-- CreateTable
CREATE TABLE "credit_grants" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "credits" INTEGER NOT NULL,
    "remaining" INTEGER NOT NULL,
    "category" "credit_category" NOT NULL DEFAULT 'PAID',
    "expires_at" TIMESTAMPTZ(3),
    "reference" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credit_grants_pkey" PRIMARY KEY ("id")
);
-- What was given so far, the oldest used first: what was used, and what corrections have taken.
INSERT INTO "credit_grants" ("id", "entry_id", "account_id", "credits", "remaining", "created_at")
SELECT gen_random_uuid(), "given"."id", "given"."account_id", "credits",
    "credits" - LEAST("credits", GREATEST(0, "used" + "taken" - ("up_to_here" - "credits"))), "created_at"
FROM (SELECT *, sum("credits") OVER (PARTITION BY "account_id" ORDER BY "sequence") AS "up_to_here" FROM "credit_entries"
        WHERE "job_id" IS NULL AND "credits" > 0) AS "given"
    JOIN "credit_balances" USING ("account_id")
    CROSS JOIN LATERAL (SELECT COALESCE(-sum("credits"), 0) AS "taken" FROM "credit_entries" AS "entry"
        WHERE "entry"."account_id" = "given"."account_id" AND "entry"."job_id" IS NULL AND "entry"."credits" < 0) AS "corrections";

-- CreateIndex
CREATE INDEX "credit_grants_account_id_created_at_id_idx" ON "credit_grants"("account_id", "created_at" DESC, "id" DESC);
CREATE UNIQUE INDEX "credit_balances_team_id_key" ON "credit_balances"("team_id");
CREATE UNIQUE INDEX "credit_balances_organization_id_key" ON "credit_balances"("organization_id");
CREATE INDEX "credit_entries_account_id_created_at_idx" ON "credit_entries"("account_id", "created_at");
CREATE UNIQUE INDEX "credit_entries_account_id_sequence_key" ON "credit_entries"("account_id", "sequence");
CREATE UNIQUE INDEX "credit_entries_state_key" ON "credit_entries"("account_id", "sequence", "available_after", "held_after", "allocated_after");
CREATE UNIQUE INDEX "credit_entries_job_id_job_sequence_key" ON "credit_entries"("job_id", "job_sequence");
CREATE UNIQUE INDEX "credit_entries_job_state_key" ON "credit_entries"("job_id", "job_sequence", "job_held_after");

-- AddForeignKey
ALTER TABLE "credit_balances" ADD CONSTRAINT "credit_balances_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "credit_balances" ADD CONSTRAINT "credit_balances_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "credit_balances" ADD CONSTRAINT "credit_balances_last_entry_fkey" FOREIGN KEY ("account_id", "last_sequence", "available", "held", "allocated") REFERENCES "credit_entries"("account_id", "sequence", "available_after", "held_after", "allocated_after") ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "credit_balances"("account_id") ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_job_id_account_id_fkey" FOREIGN KEY ("job_id", "account_id") REFERENCES "jobs"("id", "team_id") ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_previous_fkey" FOREIGN KEY ("account_id", "previous_sequence", "available_before", "held_before", "allocated_before") REFERENCES "credit_entries"("account_id", "sequence", "available_after", "held_after", "allocated_after") ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_previous_of_job_fkey" FOREIGN KEY ("job_id", "previous_job_sequence", "job_held_before") REFERENCES "credit_entries"("job_id", "job_sequence", "job_held_after") ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "credit_entries" ADD CONSTRAINT "credit_entries_about_entry_id_fkey" FOREIGN KEY ("about_entry_id") REFERENCES "credit_entries"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "credit_grants" ADD CONSTRAINT "credit_grants_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "credit_balances"("account_id") ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "credit_grants" ADD CONSTRAINT "credit_grants_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "credit_entries"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- What follows is not in schema.prisma.
-- What is looked for among few rows of many has a small index of its own.
-- The entries that are not about jobs: they bring credits into the ledger, take them out of it, or move them.
CREATE INDEX "credit_entries_given_idx" ON "credit_entries"("account_id", "kind") INCLUDE ("credits") WHERE "job_id" IS NULL;
-- A transfer has one entry on each side.
CREATE UNIQUE INDEX "credit_entries_transfer_key" ON "credit_entries"("transfer_id", "kind") WHERE "transfer_id" IS NOT NULL;
-- What is left of an account's grants, in the order in which it is used.
CREATE INDEX "credit_grants_left_idx" ON "credit_grants"("account_id", "expires_at", "category" DESC, "created_at", "id") WHERE "remaining" > 0;
-- What is left of grants that expire.
CREATE INDEX "credit_grants_expiring_idx" ON "credit_grants"("expires_at") WHERE "remaining" > 0 AND "expires_at" IS NOT NULL;

-- An account is a team's, or an organization's pool, which holds nothing.
ALTER TABLE "credit_balances"
    ADD CONSTRAINT "credit_balances_account_check" CHECK ("account_id" = COALESCE("team_id", 'organization/' || "organization_id")
        AND ("team_id" IS NULL) <> ("organization_id" IS NULL)),
    ADD CONSTRAINT "credit_balances_not_negative_check" CHECK (LEAST("allocated", "used", "used_of_grants", "held", "available") >= 0),
    ADD CONSTRAINT "credit_balances_grants_check" CHECK ("used_of_grants" <= "used"),
    ADD CONSTRAINT "credit_balances_pool_check" CHECK ("team_id" IS NOT NULL OR ("held" = 0 AND "used" = 0));

-- Each kind of entry moves credits in its own way, and only what is not about a job changes what the account was given.
ALTER TABLE "credit_entries"
    ADD CONSTRAINT "credit_entries_kind_check" CHECK (CASE "kind"
        WHEN 'GRANT' THEN "credits" > 0 AND "held_credits" = 0
        WHEN 'ADJUST' THEN "credits" <> 0 AND "held_credits" = 0
        WHEN 'TRANSFER_IN' THEN "credits" > 0 AND "held_credits" = 0
        WHEN 'TRANSFER_OUT' THEN "credits" < 0 AND "held_credits" = 0
        WHEN 'LAPSE' THEN "credits" < 0 AND "held_credits" = 0
        WHEN 'HOLD' THEN "held_credits" > 0 AND "credits" = -"held_credits"
        WHEN 'POST' THEN "held_credits" < 0 AND "credits" < -"held_credits"
        ELSE "held_credits" < 0 AND "credits" = -"held_credits" END),
    ADD CONSTRAINT "credit_entries_not_negative_check" CHECK ("available_after" >= 0 AND "held_after" >= 0 AND "allocated_after" >= 0),
    ADD CONSTRAINT "credit_entries_sum_check" CHECK ("available_after" = "available_before" + "credits" AND "held_after" = "held_before" + "held_credits"
        AND "allocated_after" = "allocated_before" + CASE WHEN "job_id" IS NULL THEN "credits" ELSE 0 END),
    ADD CONSTRAINT "credit_entries_first_check" CHECK ("previous_sequence" IS NOT NULL OR ("available_before" = 0 AND "held_before" = 0 AND "allocated_before" = 0)),
    ADD CONSTRAINT "credit_entries_about_check" CHECK (CASE "kind" WHEN 'LAPSE' THEN "about_entry_id" IS NOT NULL WHEN 'ADJUST' THEN TRUE ELSE "about_entry_id" IS NULL END),
    ADD CONSTRAINT "credit_entries_transfer_check" CHECK (("transfer_id" IS NOT NULL) = ("kind" IN ('TRANSFER_IN', 'TRANSFER_OUT')));

-- The entries of a job are a chain: holds, and after them one end, which leaves nothing held.
ALTER TABLE "credit_entries"
    ADD CONSTRAINT "credit_entries_job_check" CHECK (("job_id" IS NOT NULL) = ("kind" IN ('HOLD', 'POST', 'VOID', 'EXPIRE'))
        AND ("job_id" IS NULL) = ("job_sequence" IS NULL) AND ("job_id" IS NULL) = ("job_held_before" IS NULL)
        AND ("job_id" IS NULL) = ("job_held_after" IS NULL) AND ("job_id" IS NOT NULL OR "previous_job_sequence" IS NULL)),
    ADD CONSTRAINT "credit_entries_job_chain_check" CHECK ("job_sequence" = COALESCE("previous_job_sequence", 0) + 1 AND ("previous_job_sequence" IS NULL OR "previous_job_sequence" > 0)),
    ADD CONSTRAINT "credit_entries_job_first_check" CHECK (CASE WHEN "previous_job_sequence" IS NULL THEN "job_held_before" = 0 ELSE "job_held_before" > 0 END),
    ADD CONSTRAINT "credit_entries_job_sum_check" CHECK ("job_held_after" = "job_held_before" + "held_credits" AND "job_held_after" >= 0
        AND ("job_held_after" = 0) = ("kind" <> 'HOLD'));

ALTER TABLE "credit_grants" ADD CONSTRAINT "credit_grants_remaining_check" CHECK ("credits" > 0 AND "remaining" BETWEEN 0 AND "credits");

-- An open job holds a credit at least, and one that is over holds nothing. Only a completed one has taken credits.
ALTER TABLE "jobs" DROP CONSTRAINT "jobs_terminal_check";
ALTER TABLE "jobs"
    ADD CONSTRAINT "jobs_entry_count_check" CHECK ("entry_count" > 0),
    ADD CONSTRAINT "jobs_terminal_check" CHECK (CASE WHEN "status" IN ('PENDING', 'IN_PROGRESS')
        THEN "completed_at" IS NULL AND "credits_remaining" IS NULL AND NOT "credit_applied" AND "held_credits" > 0 AND "posted_credits" = 0
        ELSE "completed_at" IS NOT NULL AND "credits_remaining" IS NOT NULL AND "running_calls" = 0 AND "closing_as" IS NULL
             AND "held_credits" = 0 AND "posted_credits" >= 0 AND "credit_applied" = ("status" = 'COMPLETED')
             AND "credit_applied" = ("posted_credits" > 0) END);

-- A transfer takes from one account what it gives to another.
CREATE FUNCTION "refuse_half_a_transfer"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) <> 2 OR sum("credits") <> 0 FROM "credit_entries" WHERE "transfer_id" = NEW."transfer_id") THEN
        RAISE EXCEPTION 'credit_entries_transfer_sum: transfer % does not give what it takes', NEW."transfer_id";
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "credit_entries_transfer_sum" AFTER INSERT ON "credit_entries" DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW."transfer_id" IS NOT NULL) EXECUTE FUNCTION "refuse_half_a_transfer"();

ALTER TABLE "credit_entries" ENABLE TRIGGER "credit_entries_append_only";
