import { beforeAll, describe, expect, it } from "vitest";
import { rowsRead } from "../kit/database/plan.js";
import { useGateway } from "../kit/gateway/gateway.js";
import type { TestKey } from "../kit/world.js";

const LINES = 30_000;
/** A page of 20, one row more, and the first rows of two times. */
const PAGE_ROWS = 23;
const COUNT_MAX = 10_000;

describe("an audit that has grown", { timeout: 120_000 }, () => {
  const gateway = useGateway();
  let key: TestKey;
  beforeAll(async () => {
    await gateway.server.background.stop();
    const { db } = gateway.database;
    const organization = await gateway.world.organization("owner");
    key = await gateway.world.organizationKey(organization.id);
    // The hashes do not fit: nobody checks them here.
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`INSERT INTO audit_entries (id, sequence, created_at, actor, request_id, operation, subject_type, subject_id,
          organization_id, previous_sequence, previous_hash, hash)
        SELECT gen_random_uuid(), number + 10, '2030-01-01'::timestamptz + number * interval '1 minute',
          CASE WHEN number % 5000 = 7 THEN 'key:rare' ELSE 'admin' END, 'r', CASE WHEN number % 5000 = 7 THEN 'rotateVirtualKey' ELSE 'addCredits' END,
          CASE WHEN number % 5000 = 7 THEN 'VirtualKey' ELSE 'Team' END, 'team-' || number % 300,
          CASE WHEN number % 100 = 0 THEN 'owner' ELSE 'other' END, number + 9, repeat('a', 64), repeat('a', 64)
        FROM generate_series(1, ${LINES}) AS number`;
    });
    await db.$executeRaw`VACUUM ANALYZE audit_entries`;
  });

  async function readsAtMost(rows: number, work: () => Promise<unknown>): Promise<void> {
    const sent = await gateway.database.sentBy(work);
    expect(sent.length).toBeGreaterThan(0);
    for (const statement of sent) {
      const read = await rowsRead(gateway.database.db, statement);
      expect(read.rows, `${read.scans.join(", ")}: ${read.text}`).toBeLessThanOrEqual(rows);
    }
  }

  const filters: [what: string, filter: object][] = [
    ["nothing", {}],
    ["the most common actor", { actor: "admin" }],
    ["a rare actor", { actor: "key:rare" }],
    ["an actor that did nothing", { actor: "key:none" }],
    ["a common operation", { operation: "addCredits" }],
    ["a rare operation", { operation: "rotateVirtualKey" }],
    ["an operation that nobody did", { operation: "none" }],
    ["a rare type", { subjectType: "VirtualKey" }],
    ["a subject", { subjectType: "Team", subjectId: "team-17" }],
    ["a subject that does not exist", { subjectId: "none" }],
    ["a time long ago", { createdBefore: "2030-01-01T01:00:00Z" }],
    [
      "a time and an actor",
      { actor: "admin", createdAfter: "2030-01-03T00:00:00Z", createdBefore: "2030-01-04T00:00:00Z" },
    ],
    ["a time in which nothing was done", { createdAfter: "2031-01-01T00:00:00Z" }],
  ];

  it.each(filters)("is read by %s: about a page", async (_what, filter) => {
    const query = "query ($filter: AuditFilter) { auditEntries(filter: $filter) { nodes { id } edges { cursor } } }";
    await readsAtMost(PAGE_ROWS, () => gateway.admin.data(query, { filter }));
  });

  it("is read by an organization: about a page, and counted up to 10,000", async () => {
    await readsAtMost(PAGE_ROWS, () => key.client.data("{ auditEntries { nodes { id } } }"));
    await readsAtMost(PAGE_ROWS, () =>
      key.client.data(`{ organization(id: "owner") { auditEntries { nodes { id } } } }`),
    );
    await readsAtMost(COUNT_MAX, () => gateway.admin.data("{ auditEntries { totalCount } }"));
  });
});
