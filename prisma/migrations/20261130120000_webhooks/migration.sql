-- CreateEnum
CREATE TYPE "webhook_event_type" AS ENUM ('JOB_COMPLETED', 'JOB_FAILED', 'JOB_CANCELLED', 'JOB_EXPIRED', 'CREDITS_LOW', 'CREDITS_EXHAUSTED', 'KEY_EXPIRING', 'BUDGET_EXCEEDED', 'WEBHOOK_TEST');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('PENDING', 'DELIVERED', 'FAILED');

-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "low_credits_percent_thresholds" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "webhooks" (
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "events" JSONB NOT NULL,
    "organization_id" TEXT,
    "team_id" TEXT,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "secret" BYTEA NOT NULL,
    "previous_secret" BYTEA,
    "previous_valid_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_events" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "type" "webhook_event_type" NOT NULL,
    "subject" TEXT NOT NULL,
    "payload" JSONB,
    "dedupe_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "type" "webhook_event_type" NOT NULL,
    "subject" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "status" "delivery_status" NOT NULL DEFAULT 'PENDING',
    "next_try_at" TIMESTAMPTZ(3),
    "give_up_at" TIMESTAMPTZ(3) NOT NULL,
    "claims" INTEGER NOT NULL DEFAULT 0,
    "try_count" INTEGER NOT NULL DEFAULT 0,
    "tries_of_run" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery_tries" (
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "http_status" INTEGER,
    "error" TEXT,
    "ms" INTEGER NOT NULL,

    CONSTRAINT "webhook_delivery_tries_pkey" PRIMARY KEY ("delivery_id","number")
);

-- CreateIndex
CREATE INDEX "webhooks_organization_id_created_at_id_idx" ON "webhooks"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "webhooks_created_at_id_idx" ON "webhooks"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "webhook_events_sequence_key" ON "webhook_events"("sequence");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_events_dedupe_key_key" ON "webhook_events"("dedupe_key");

-- CreateIndex
CREATE INDEX "webhook_events_created_at_idx" ON "webhook_events"("created_at");

-- CreateIndex
CREATE INDEX "webhook_deliveries_webhook_id_status_created_at_id_idx" ON "webhook_deliveries"("webhook_id", "status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_deliveries_event_id_idx" ON "webhook_deliveries"("event_id");

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "webhook_events"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery_tries" ADD CONSTRAINT "webhook_delivery_tries_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "webhook_deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is not in schema.prisma.
ALTER TABLE "webhooks"
    ADD CONSTRAINT "webhooks_url_check" CHECK (length("url") BETWEEN 1 AND 2000),
    ADD CONSTRAINT "webhooks_events_check" CHECK (jsonb_typeof("events") = 'array' AND jsonb_array_length("events") > 0),
    ADD CONSTRAINT "webhooks_team_check" CHECK ("team_id" IS NULL OR "organization_id" IS NOT NULL),
    ADD CONSTRAINT "webhooks_previous_secret_check" CHECK (("previous_secret" IS NULL) = ("previous_valid_until" IS NULL)),
    ADD CONSTRAINT "webhooks_deleted_at_check" CHECK ("deleted_at" IS NULL OR NOT "is_enabled");
ALTER TABLE "webhook_deliveries"
    ADD CONSTRAINT "webhook_deliveries_next_try_at_check" CHECK (("status" = 'PENDING') = ("next_try_at" IS NOT NULL)),
    ADD CONSTRAINT "webhook_deliveries_counts_check" CHECK (LEAST("claims", "try_count", "tries_of_run") >= 0 AND "tries_of_run" <= "try_count");
ALTER TABLE "webhook_delivery_tries"
    ADD CONSTRAINT "webhook_delivery_tries_check" CHECK ("number" > 0 AND "ms" >= 0 AND ("http_status" IS NOT NULL OR "error" IS NOT NULL));
-- A trigger reads them whenever credits are held.
ALTER TABLE "teams"
    ADD CONSTRAINT "teams_low_credits_thresholds_check" CHECK (jsonb_typeof("low_credits_thresholds") = 'array' AND NOT jsonb_path_exists("low_credits_thresholds",
        'strict $[*] ? (@.type() != "number" || @ < 0 || @ > 2147483647 || @ % 1 != 0)')),
    ADD CONSTRAINT "teams_low_credits_percent_thresholds_check" CHECK (jsonb_typeof("low_credits_percent_thresholds") = 'array' AND NOT jsonb_path_exists("low_credits_percent_thresholds",
        'strict $[*] ? (@.type() != "number" || @ < 1 || @ > 99 || @ % 1 != 0)'));
-- The deliveries that wait, in the order in which they are due, and those of one subject.
CREATE INDEX "webhook_deliveries_due_idx" ON "webhook_deliveries"("webhook_id", "next_try_at") WHERE "status" = 'PENDING';
CREATE INDEX "webhook_deliveries_waiting_idx" ON "webhook_deliveries"("webhook_id", "subject", "sequence") WHERE "status" = 'PENDING';
-- The keys that are going to expire.
CREATE INDEX "virtual_keys_expiring_idx" ON "virtual_keys"("expires_at") WHERE "expires_at" IS NOT NULL AND "revoked_at" IS NULL;
CREATE INDEX "organization_keys_expiring_idx" ON "organization_keys"("expires_at") WHERE "expires_at" IS NOT NULL AND "revoked_at" IS NULL;

-- The webhooks that are told of a team, of all teams of an organization, and of everything.
CREATE INDEX "webhooks_told_of_team_idx" ON "webhooks"("team_id") WHERE "is_enabled" AND "team_id" IS NOT NULL;
CREATE INDEX "webhooks_told_of_organization_idx" ON "webhooks"("organization_id") WHERE "is_enabled" AND "team_id" IS NULL;

-- The webhooks that ask for an event of a team, or of an organization itself if the team is null. Each of the three parts is
-- found in an index, so that the webhooks of others cost nothing.
CREATE FUNCTION "webhooks_told"("told" "webhook_event_type", "of_organization" TEXT, "of_team" TEXT) RETURNS SETOF UUID LANGUAGE sql STABLE AS $$
    SELECT "id" FROM "webhooks" WHERE "is_enabled" AND "team_id" = "of_team" AND jsonb_exists("events", "told"::text)
    UNION ALL SELECT "id" FROM "webhooks" WHERE "is_enabled" AND "team_id" IS NULL AND "organization_id" = "of_organization" AND jsonb_exists("events", "told"::text)
    UNION ALL SELECT "id" FROM "webhooks" WHERE "is_enabled" AND "team_id" IS NULL AND "organization_id" IS NULL AND jsonb_exists("events", "told"::text)
$$;

-- Writes an event, and a delivery for each webhook that is to be told of it. It returns false, and writes nothing, if there
-- is no such webhook, or if there is an event with this key already. A delivery does not refer to its webhook by a foreign
-- key: the ends of all jobs would lock one row.
CREATE FUNCTION "tell_webhooks"("told" "webhook_event_type", "about" TEXT, "of_organization" TEXT, "of_team" TEXT, "said" JSONB, "once" TEXT)
    RETURNS BOOLEAN LANGUAGE plpgsql AS $$
DECLARE
    "receivers" UUID[] := ARRAY(SELECT "id" FROM "webhooks_told"("told", "of_organization", "of_team") AS "receiver"("id"));
    "event" "webhook_events"%ROWTYPE;
BEGIN
    IF cardinality("receivers") = 0 THEN
        RETURN FALSE;
    END IF;
    INSERT INTO "webhook_events" ("id", "type", "subject", "payload", "dedupe_key", "created_at")
        VALUES (gen_random_uuid(), "told", "about", "said", "once", tollgate_now()) ON CONFLICT ("dedupe_key") DO NOTHING RETURNING * INTO "event";
    IF "event"."id" IS NULL THEN
        RETURN FALSE;
    END IF;
    INSERT INTO "webhook_deliveries" ("id", "webhook_id", "event_id", "type", "subject", "sequence", "next_try_at", "give_up_at", "created_at")
        SELECT gen_random_uuid(), "receiver", "event"."id", "told", "about", "event"."sequence", "event"."created_at",
            "event"."created_at" + interval '24 hours', "event"."created_at" FROM unnest("receivers") AS "receiver";
    RETURN TRUE;
END $$;

-- Whichever process ends a job, and whichever version of the gateway, its end is told once: in the transaction that ends it.
CREATE FUNCTION "tell_of_ended_job"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    "told" "webhook_event_type" := 'JOB_' || NEW."status";
BEGIN
    IF EXISTS (SELECT FROM "webhooks" WHERE "is_enabled") THEN
        PERFORM "tell_webhooks"("told", 'job/' || NEW."id", (SELECT "organization_id" FROM "teams" WHERE "id" = NEW."team_id"), NEW."team_id", NULL, NULL);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER "jobs_ended" AFTER UPDATE ON "jobs" FOR EACH ROW
    WHEN (OLD."completed_at" IS NULL AND NEW."completed_at" IS NOT NULL) EXECUTE FUNCTION "tell_of_ended_job"();

-- A threshold is crossed when more credits than it were available before, and no more than it are now. Of several that are
-- crossed at once, the lowest is told. The row of the account is locked, so that no two transactions cross the same.
CREATE FUNCTION "tell_of_low_credits"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    "team" "teams"%ROWTYPE;
    "figures" JSONB;
    "low" RECORD;
BEGIN
    IF NOT EXISTS (SELECT FROM "webhooks" WHERE "is_enabled") THEN
        RETURN NULL;
    END IF;
    SELECT * INTO "team" FROM "teams" WHERE "id" = NEW."team_id";
    "figures" := jsonb_build_object('team_id', NEW."team_id", 'available', NEW."available", 'held', NEW."held", 'allocated', NEW."allocated");
    SELECT "credits", "percent" INTO "low" FROM (
            SELECT "value"::integer AS "credits", NULL::integer AS "percent", "value"::bigint AS "before" FROM jsonb_array_elements("team"."low_credits_thresholds")
            UNION ALL SELECT (NEW."allocated"::bigint * "value"::integer / 100)::integer, "value"::integer, OLD."allocated"::bigint * "value"::integer / 100
                FROM jsonb_array_elements("team"."low_credits_percent_thresholds")) AS "thresholds"
        WHERE OLD."available" > "before" AND NEW."available" <= "credits" ORDER BY "credits", "percent" LIMIT 1;
    IF FOUND THEN
        PERFORM "tell_webhooks"('CREDITS_LOW', 'team/' || NEW."team_id", "team"."organization_id", NEW."team_id",
            "figures" || jsonb_build_object('threshold', "low"."credits", 'threshold_percent', "low"."percent"), NULL);
    END IF;
    IF NEW."available" = 0 THEN
        PERFORM "tell_webhooks"('CREDITS_EXHAUSTED', 'team/' || NEW."team_id", "team"."organization_id", NEW."team_id",
            "figures" || jsonb_build_object('threshold', 0, 'threshold_percent', NULL), NULL);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER "credit_balances_fell" AFTER UPDATE ON "credit_balances" FOR EACH ROW
    WHEN (NEW."available" < OLD."available" AND NEW."team_id" IS NOT NULL) EXECUTE FUNCTION "tell_of_low_credits"();
