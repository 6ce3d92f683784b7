import { pino } from "pino";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { isDatabaseAway } from "../../src/db/failure.js";
import { askIfReadOnly } from "../../src/db/read-only.sql.js";
import { GraphqlClient } from "../kit/clients/graphql.js";
import { hasPostgres, openTestDatabase, type TestDatabase } from "../kit/database/database.js";
import { usePostgres } from "../kit/database/use-postgres.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { buildGateway } from "../kit/gateway/gateway-process.js";
import { runGateway } from "../kit/gateway/program.js";
import { CALL, REQUEST } from "../kit/log-lines.js";
import { CREATE_JOB, RUN_LLM_CALL, World } from "../kit/world.js";

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly err?: unknown;
}

describe.runIf(hasPostgres())("a running gateway whose PostgreSQL goes away and comes back", () => {
  beforeAll(buildGateway, 120_000);
  const postgres = usePostgres();

  const WAYS: readonly [way: string, use: (database: TestDatabase) => Promise<unknown>][] = [
    ["a named statement", ({ sql }) => sql.run(askIfReadOnly, {})],
    ["a statement of Prisma's", ({ db }) => db.organization.findMany()],
    ["a raw one", ({ db }) => db.$executeRaw`SELECT 1`],
    ["a transaction", ({ db }) => db.$transaction((tx) => tx.organization.findMany())],
  ];

  it.each(WAYS)("tells it from %s alone", async (_way, use) => {
    const said: string[] = [];
    const log = pino({ level: "info" }, { write: (line: string) => void said.push(JSON.parse(line).msg) });
    const database = await openTestDatabase(postgres.url, log);
    onTestFinished(() => database.close());
    await use(database);
    await postgres.stop();
    for (let times = 0; times < 2; times++) await expect(use(database)).rejects.toSatisfy(isDatabaseAway);
    await postgres.start();
    const saidOf = async () => {
      await use(database);
      return said;
    };
    await expect
      .poll(saidOf, { timeout: 5_000 })
      .toEqual([
        expect.stringMatching(/^The database is away: .+\.$/),
        expect.stringMatching(/^The database is back after \d+\.\d s; 2 statements failed meanwhile\.$/),
      ]);
  });

  it("says each with one line, counts what failed meanwhile, and logs no stack", { timeout: 60_000 }, async () => {
    const env = { SIMULATED: "on", SIMULATED_TOKEN_MS: "0", CALL_LEASE_MS: "1000", DATABASE_URL: postgres.url };
    const gateway = runGateway(env);
    const url = (await gateway.says(/Health/)).match(/http\S+(?=\/health)/)?.[0] ?? "";
    const clientOf = (key: string) => new GraphqlClient(url, { authorization: `Bearer ${key}` });
    const admin = clientOf(ADMIN_KEY);
    const team = await new World(admin, clientOf).team({ credits: 100 });
    const job = await team.job();
    const requests = () => [
      team.client.send("{ jobs { nodes { id } } }"),
      team.client.send(CREATE_JOB, { input: { jobType: "outage" } }),
      team.client.send(RUN_LLM_CALL, { input: job.callInput() }),
      admin.send('mutation { createOrganization(input: { id: "late", name: "Late" }) { id } }'),
      admin.send("mutation ($input: AddCreditsInput!) { addCredits(input: $input) { id } }", {
        input: { teamId: team.id, credits: 1 },
      }),
    ];
    const all = () => gateway.lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Line);
    // Each request and each settled call has a line of its own, whatever becomes of the database.
    const log = () => all().filter(({ msg }) => msg !== REQUEST && msg !== CALL);
    await Promise.all(requests());
    const before = log().length;

    await postgres.stop();
    for (let times = 0; times < 5; times++) {
      const codes = (await Promise.all(requests())).map(({ errors }) => errors?.[0]?.extensions.code);
      expect(new Set(codes)).toEqual(new Set(["UNAVAILABLE"]));
    }
    await gateway.says(/The database is away/);
    expect(log().slice(before)).toEqual([expect.objectContaining({ level: 40 })]);

    await postgres.start();
    await gateway.says(/The database is back/);
    const [away, back, ...others] = log().slice(before);
    expect(away?.msg).toMatch(
      /^The database is away: (connect ECONNREFUSED \S+|terminating connection.*|Connection terminated.*)\.$/,
    );
    expect(back).toMatchObject({
      level: 30,
      msg: expect.stringMatching(/^The database is back after \d+\.\d s; \d+ statements failed meanwhile\.$/),
    });
    expect(Number(/; (\d+) statements/.exec(back?.msg ?? "")?.[1])).toBeGreaterThanOrEqual(20);
    expect(others).toEqual([]);
    expect(await job.call()).toMatchObject({ status: "SUCCEEDED" });
    gateway.signal("SIGTERM");
    expect(await gateway.ended).toBe(0);
    expect(gateway.errors).toEqual([]);
  });
});
