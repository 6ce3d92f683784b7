import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { buildGateway } from "../kit/gateway/gateway-process.js";
import { runGateway } from "../kit/gateway/program.js";

beforeAll(buildGateway, 120_000);

describe.runIf(hasPostgres())("a file of upstreams that is not there", () => {
  it("stops a start, and no migration, which does not need it", async () => {
    const UPSTREAMS = join(import.meta.dirname, "none.json");
    const env = { LOG_LEVEL: "silent", DATABASE_URL: await createPostgresUrl(), UPSTREAMS };
    const migrated = runGateway(env, { parameters: ["--migrate"] });
    expect(await migrated.ended).toBe(0);
    expect(migrated.lines.at(-1)).toContain("no migration is left");
    const refused = runGateway(env);
    expect(await refused.ended).toBe(1);
    expect(refused.lines.join("\n")).toContain("which cannot be read: ENOENT");
  });
});
