import { authorize, mayReach } from "../../auth/policy.js";
import { actorOf, scopeOf, type TeamViewer, type Viewer } from "../../auth/viewer.js";
import type { Db, Tx } from "../../db/database.js";
import { fetchPage, fetchPages, type List, type Page, type PageRequest } from "../../db/page.js";
import { queryRows } from "../../db/rows.js";
import { inTransaction } from "../../db/transaction.js";
import { Prisma, type Job as Row } from "../../generated/prisma/client.js";
import { invalid, isMetadata, METADATA_BYTES_MAX, METADATA_RULE, validate } from "../../input/validate.js";
import type { Clock } from "../../lib/clock.js";
import { notFound } from "../../lib/errors.js";
import { isUuid } from "../../lib/ids.js";
import type { JsonObject } from "../../lib/json.js";
import type { Ledger } from "../credits/ledger.js";
import { claimOf, type IdempotencyKeys } from "../idempotency/idempotency-keys.js";
import type { TeamService } from "../teams/team.service.js";
import type { CreateJobInput, JobFilter } from "./job.input.js";
import { expiryOf, requireOpen } from "./job-state.js";

export type { Row as JobRow };

const JOBS: List<Row> = {
  table: "jobs",
  parent: { column: "team_id", type: "text" },
  order: [
    { column: "created_at", field: "createdAt", type: "timestamptz" },
    { column: "id", field: "id", type: "uuid" },
  ],
  direction: "DESC",
};

export interface JobLimits {
  readonly ttlMs: number;
  readonly maxAgeMs: number;
  readonly maxCalls: number;
}

type ListRequest = PageRequest & { filter?: JobFilter | null };

export class JobService {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly teams: TeamService,
    private readonly ledger: Ledger,
    private readonly idempotencyKeys: IdempotencyKeys,
    private readonly limits: JobLimits,
  ) {}

  /** Opens a job and holds its credit, both or neither. INSUFFICIENT_CREDITS where none is available. */
  async create(viewer: Viewer, input: CreateJobInput): Promise<Row> {
    authorize(viewer, "job.create");
    const { teamId, jobType, metadata, idempotencyKey } = validate(input);
    if (teamId != null && teamId !== viewer.teamId) throw notFound("team", teamId);
    return this.idempotencyKeys.once(
      claimOf(scopeOf(viewer), "create-job", idempotencyKey, input),
      (tx, id) => this.open(tx, viewer, { id, jobType, metadata: metadata ?? {}, ofOneCall: false }),
      (id) => this.db.job.findUniqueOrThrow({ where: { id } }),
    );
  }

  /** The writing part of `create`, for a transaction that does more. */
  async open(
    tx: Tx,
    viewer: TeamViewer,
    job: { id: string; jobType: string; metadata: JsonObject; ofOneCall: boolean },
  ): Promise<Row> {
    const now = this.clock.now();
    const data = {
      ...job,
      teamId: viewer.teamId,
      createdAt: now,
      expiresAt: expiryOf(now, now, this.limits),
    };
    const row = await tx.job.create({ data });
    await this.ledger.hold(tx, { teamId: viewer.teamId, jobId: row.id, actor: actorOf(viewer) });
    return row;
  }

  async get(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "job.read");
    const row = isUuid(id) ? await this.db.job.findUnique({ where: { id } }) : null;
    if (!row || !mayReach(viewer, row.teamId)) throw notFound("job", id);
    return row;
  }

  /** Those in the viewer's reach, newest first. */
  async list(viewer: Viewer, request: ListRequest & { teamId?: string | null }): Promise<Page<Row>> {
    authorize(viewer, "job.read");
    if (request.teamId != null) await this.teams.get(viewer, request.teamId);
    const teamId = viewer.kind === "team" ? viewer.teamId : request.teamId;
    const ofTeam = teamId == null ? [] : [Prisma.sql`team_id = ${teamId}`];
    return fetchPage(this.db, JOBS, request, [...ofTeam, ...conditionsOf(request.filter)]);
  }

  /** For loaders: a page of the jobs of teams in the viewer's reach, newest first. */
  async listByTeams(teamIds: readonly string[], request: ListRequest): Promise<Page<Row>[]> {
    return fetchPages(this.db, JOBS, teamIds, request, conditionsOf(request.filter));
  }

  /** For loaders: the rows of ids that were reached through something the viewer may see. */
  byIds(ids: readonly string[]): Promise<Row[]> {
    return this.db.job.findMany({ where: { id: { in: [...ids] } } });
  }

  /** Merges the names of an object into an open job's metadata; the whole must stay within 16 KiB. */
  async updateMetadata(viewer: Viewer, id: string, metadata: JsonObject): Promise<Row> {
    authorize(viewer, "job.update");
    if (!isMetadata(metadata)) throw invalid("metadata", METADATA_RULE, metadata);
    await this.get(viewer, id);
    return inTransaction(this.db, async (tx) => {
      const job = await lockJob(tx, id);
      requireOpen(job, this.clock.now());
      return tx.job.update({ where: { id }, data: { metadata: mergedMetadata(job, metadata, "metadata") } });
    });
  }
}

/** The job's row, locked until the transaction ends: whoever else wants to change it waits. */
export async function lockJob(tx: Tx, id: string): Promise<Row> {
  const [job] = await queryRows<Row>(tx, Prisma.sql`SELECT * FROM jobs WHERE id = ${id}::uuid FOR UPDATE`);
  if (!job) throw notFound("job", id);
  return job;
}

/** The job's metadata with the given names set. INVALID_INPUT, naming the field, where the whole would be too large. */
export function mergedMetadata(job: Row, metadata: JsonObject, field: string): JsonObject {
  const merged = { ...(job.metadata as JsonObject), ...metadata };
  if (!isMetadata(merged))
    throw invalid(
      field,
      `must keep the job's metadata within ${METADATA_BYTES_MAX} bytes`,
      `${JSON.stringify(merged).length} bytes`,
    );
  return merged;
}

function conditionsOf(filter: JobFilter | null | undefined): Prisma.Sql[] {
  if (!filter) return [];
  const { status, jobType, createdAfter, createdBefore } = validate(filter, "filter");
  const conditions: Prisma.Sql[] = [];
  // By way of text[]: PGlite knows no array type that was made after it was opened.
  if (status) conditions.push(Prisma.sql`status = ANY(${status}::text[]::job_status[])`);
  if (jobType != null) conditions.push(Prisma.sql`job_type = ${jobType}`);
  if (createdAfter) conditions.push(Prisma.sql`created_at >= ${createdAfter}`);
  if (createdBefore) conditions.push(Prisma.sql`created_at < ${createdBefore}`);
  return conditions;
}
