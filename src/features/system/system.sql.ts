import { statement } from "../../db/statement.js";

/** The version of the database's server, and the migrations that were applied, of a newer version of the gateway too. */
export const readServer = statement({
  name: "read-server",
  params: {},
  text: `SELECT current_setting('server_version') AS server_version,
      ARRAY(SELECT migration_name::text FROM _prisma_migrations
        WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name) AS applied`,
  row: { serverVersion: "text", applied: "text[]" },
});
