import { statement } from "../statement.js";

/** How much PostgreSQL has written to its log since the last checkpoint. */
export const readLogSize = statement({
  name: "read-log-size",
  params: {},
  text: "SELECT (pg_current_wal_insert_lsn() - redo_lsn)::int8 AS bytes FROM pg_control_checkpoint()",
  row: { bytes: "safeint" },
});

export const makeCheckpoint = statement({
  name: "make-checkpoint",
  params: {},
  text: "CHECKPOINT",
  row: {},
});
