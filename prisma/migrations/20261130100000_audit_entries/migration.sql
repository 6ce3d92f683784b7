-- The audit: what was done by the admin and by those who manage teams, one line for each act, in a chain of hashes.
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "organization_id" TEXT,
    "before" TEXT,
    "after" TEXT,
    "key_fingerprint" TEXT,
    "previous_sequence" BIGINT,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable: where the chain ends. It has one row.
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL,
    "last_sequence" BIGINT,
    "last_hash" TEXT NOT NULL,
    "last_created_at" TIMESTAMPTZ(3) NOT NULL,
    "seal" TEXT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_entries_sequence_key" ON "audit_entries"("sequence");
CREATE UNIQUE INDEX "audit_entries_sequence_hash_key" ON "audit_entries"("sequence", "hash");
CREATE INDEX "audit_entries_created_at_sequence_idx" ON "audit_entries"("created_at", "sequence");
CREATE INDEX "audit_entries_organization_id_sequence_idx" ON "audit_entries"("organization_id", "sequence");
CREATE INDEX "audit_entries_actor_sequence_idx" ON "audit_entries"("actor", "sequence");
CREATE INDEX "audit_entries_operation_sequence_idx" ON "audit_entries"("operation", "sequence");
CREATE INDEX "audit_entries_subject_type_sequence_idx" ON "audit_entries"("subject_type", "sequence");
CREATE INDEX "audit_entries_subject_id_sequence_idx" ON "audit_entries"("subject_id", "sequence");

-- AddForeignKey: a line goes on from the one before it, and the head stands at a line.
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_previous_fkey" FOREIGN KEY ("previous_sequence", "previous_hash")
    REFERENCES "audit_entries"("sequence", "hash") ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "audit_head" ADD CONSTRAINT "audit_head_last_fkey" FOREIGN KEY ("last_sequence", "last_hash")
    REFERENCES "audit_entries"("sequence", "hash") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- Sequences are 1, 2, 3 ..., and the first line goes on from 64 zeros.
ALTER TABLE "audit_entries"
    ADD CONSTRAINT "audit_entries_chain_check" CHECK ("sequence" = COALESCE("previous_sequence", 0) + 1 AND ("previous_sequence" IS NULL OR "previous_sequence" > 0)),
    ADD CONSTRAINT "audit_entries_first_check" CHECK ("previous_sequence" IS NOT NULL OR "previous_hash" = repeat('0', 64)),
    ADD CONSTRAINT "audit_entries_hash_check" CHECK ("hash" ~ '^[0-9a-f]{64}$');
ALTER TABLE "audit_head" ADD CONSTRAINT "audit_head_one_check" CHECK ("id" = 1);

CREATE FUNCTION "refuse_change_of_audit_entries"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_entries is append-only';
END $$;
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_audit_entries"();

-- The head goes on by one line at a time, and never back.
CREATE FUNCTION "refuse_step_of_audit_head"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW."last_sequence" = COALESCE(OLD."last_sequence", 0) + 1 THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'audit_head goes on by one line at a time';
END $$;
CREATE TRIGGER "audit_head_goes_on" BEFORE UPDATE OR DELETE ON "audit_head"
    FOR EACH ROW EXECUTE FUNCTION "refuse_step_of_audit_head"();
CREATE TRIGGER "audit_head_stays" BEFORE TRUNCATE ON "audit_head"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_step_of_audit_head"();

INSERT INTO "audit_head" ("id", "last_hash", "last_created_at", "seal") VALUES (1, repeat('0', 64), '1970-01-01T00:00:00Z', '');
