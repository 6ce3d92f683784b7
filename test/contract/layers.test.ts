import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractDepcruiseOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const options = await extractDepcruiseOptions(join(root, ".dependency-cruiser.cjs"));

describe("the layers of src", () => {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-layers-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are held", async () => {
    const { modules, summary } = await cruiseIn(root);
    // A tool that reads no TypeScript would find nothing wrong.
    expect(modules.filter(({ source }) => source.startsWith("src/")).length).toBeGreaterThan(200);
    expect(summary.violations.map(({ from, to, rule }) => `${from} -> ${to}: ${rule.name}`)).toEqual([]);
  });

  it("are reported if they are broken, even by an import of a type", async () => {
    const breaches = {
      "src/lib/money.ts": 'import type { Config } from "../config/config.js";\nexport type M = Config;',
      "src/config/config.ts": "export interface Config {}",
      "src/extras/thing.ts": 'export { money } from "../lib/id.js";',
      "src/lib/id.ts": "export const money = 1;",
      "src/features/teams/team.service.ts": 'import { run } from "../jobs/job.js";\nrun();',
      "src/features/jobs/job.ts": 'import "../calls/run/running-calls.js";\nexport const run = () => 1;',
      "src/features/calls/run/running-calls.ts": 'import type { S } from "../call.service.js";\nexport type R = S;',
      "src/features/calls/call.service.ts": "export type S = 1;",
      "src/doors/rest/routes.ts": 'import { page } from "../../db/page.js";\nimport "../graphql/ws.js";\npage();',
      "src/doors/graphql/ws.ts": "export {};",
      "src/db/page.ts": "export const page = () => 1;",
    };
    for (const [file, text] of Object.entries(breaches)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const { summary } = await cruiseIn(folder);
    expect(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`).sort()).toEqual([
      "src/doors/rest/routes.ts: apart-doors-rest",
      "src/doors/rest/routes.ts: doors-know-no-database",
      "src/doors/rest/routes.ts: layer-doors",
      "src/extras/thing.ts: every-file-has-a-layer",
      "src/features/calls/run/running-calls.ts: rooms-of-calls-never-look-up",
      "src/features/jobs/job.ts: order-features-jobs",
      "src/features/jobs/job.ts: rooms-of-calls-are-private",
      "src/features/teams/team.service.ts: order-features-teams",
      "src/lib/money.ts: layer-lib",
    ]);
  });
});

async function cruiseIn(baseDir: string): Promise<ICruiseResult> {
  const { output } = await cruise(["src"], { ...options, baseDir });
  return output as ICruiseResult;
}
