import { authorize, reachOf } from "../../auth/policy.js";
import { reachesTeam } from "../../auth/reach.js";
import { type KnownViewer, scopeOf, type Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/client.js";
import { fetchPage, fetchPages, type Page } from "../../db/page.js";
import { acrossTeamsInReach, ofTeamsToRead } from "../../db/reach-condition.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction } from "../../db/transaction.js";
import type { Job as Row } from "../../generated/prisma/client.js";
import type { PageWindow } from "../../input/page-window.js";
import { isMetadata, METADATA_RULE } from "../../input/rules.js";
import { invalid, validate } from "../../input/validate.js";
import { notFound } from "../../lib/errors.js";
import { isUuid } from "../../lib/ids.js";
import type { JsonObject } from "../../lib/json/json.js";
import { type Claim, claimOf, type IdempotencyKeys } from "../idempotency/idempotency-keys.js";
import type { TeamService } from "../teams/team.service.js";
import { lockedJob } from "./commit/locked-job.js";
import type { JobOpening } from "./commit/open-job.js";
import type { CreateJobInput, JobFilter } from "./job.input.js";
import { acrossKeys, findJob, findJobs, fits, isOf, jobs, jobsOfTeam } from "./job.sql.js";
import { mergedMetadata } from "./job-metadata.js";
import { type JobNow, requireOpen } from "./job-state.js";

export type { Row as JobRow };

/** How many teams an organization has, about. */
const TEAMS_OF_ORGANIZATION = 10;

type ListRequest = PageWindow & { filter?: JobFilter | null };

/** The claim of an input that opens a job; null if it has no idempotency key. */
export const claimOfJob = (viewer: KnownViewer, input: CreateJobInput): Claim | null =>
  claimOf(scopeOf(viewer), "create-job", input.idempotencyKey, input);

export class JobService {
  constructor(
    private readonly db: Db,
    private readonly sql: Sql,
    private readonly teams: TeamService,
    private readonly idempotencyKeys: IdempotencyKeys,
    private readonly opening: JobOpening,
  ) {}

  /** Opens a job and holds its credit, both or neither. Throws INSUFFICIENT_CREDITS if none is available. */
  async create(viewer: Viewer, input: CreateJobInput): Promise<Row> {
    authorize(viewer, "job.create");
    const { teamId, jobType, metadata, maxCostUsd, maxTokens } = validate(input);
    const job = { jobType, metadata: metadata ?? {}, maxCostNanoUsd: maxCostUsd ?? null, maxTokens: maxTokens ?? null };
    if (teamId != null && !reachesTeam(reachOf(viewer), { ...viewer, teamId })) throw notFound("team", teamId);
    const claim = claimOfJob(viewer, input);
    try {
      return await this.idempotencyKeys.orEarlier(
        claim,
        () => this.opening.open(viewer, job, claim),
        (id) => this.db.job.findUniqueOrThrow({ where: { id } }),
      );
    } catch (refusal) {
      this.opening.refused(viewer, refusal);
      throw refusal;
    }
  }

  /** Returns the job that the same input has opened in the last 24 hours, by its idempotency key. Null if there is none. */
  async findCreated(viewer: Viewer, input: CreateJobInput): Promise<Row | null> {
    authorize(viewer, "job.create");
    const claim = claimOfJob(viewer, validate(input));
    const id = claim && (await this.idempotencyKeys.recall(claim));
    return id === null ? null : this.db.job.findUniqueOrThrow({ where: { id } });
  }

  async get(viewer: Viewer, id: string): Promise<JobNow> {
    authorize(viewer, "job.read");
    const [row] = isUuid(id) ? await this.sql.run(findJob, { id }) : [];
    if (!row || !reachesTeam(reachOf(viewer), row)) throw notFound("job", id);
    return row;
  }

  /** Lists the jobs in the viewer's reach, newest first. `teamId` must be in reach. Other teams and keys are passed over. */
  async list(viewer: Viewer, request: ListRequest & { teamId?: string | null }): Promise<Page<Row>> {
    authorize(viewer, "job.read");
    const filter = request.filter ? validate(request.filter, "filter") : {};
    if (request.teamId != null) await this.teams.get(viewer, request.teamId);
    const teamIds = request.teamId == null ? filter.teamIds : [request.teamId];
    const reach = reachOf(viewer);
    const across = (filter.keyIds ? acrossKeys(filter.keyIds) : acrossTeamsInReach(reach, teamIds)) ?? null;
    const ofTeams = ofTeamsToRead(reach, teamIds);
    const all = [...isOf(filter), ...(filter.keyIds ? ofTeams : [])];
    const parts = (filter.keyIds ?? teamIds)?.length ?? (reach.kind === "organization" ? TEAMS_OF_ORGANIZATION : 1);
    const rows = fits(filter, all, { across, instead: filter.keyIds ? [] : ofTeams, parts });
    return fetchPage(this.sql, across ? jobsOfTeam : jobs, request, rows);
  }

  /** For loaders: a page of the jobs of teams in the viewer's reach, newest first. */
  async listByTeams(teamIds: readonly string[], request: ListRequest): Promise<Page<Row>[]> {
    const filter = request.filter ? validate(request.filter, "filter") : {};
    const rows = fits(filter, isOf(filter), { across: null, instead: [], parts: 1 });
    return fetchPages(this.sql, jobsOfTeam, teamIds, request, rows);
  }

  /** For loaders: the rows of jobs that were reached through something that the viewer may see. */
  byIds(ids: readonly string[]): Promise<Row[]> {
    return this.sql.run(findJobs, { ids });
  }

  /** Sets the given names in an open job's metadata. The whole must stay within 16 KiB. */
  async updateMetadata(viewer: Viewer, id: string, metadata: JsonObject): Promise<Row> {
    authorize(viewer, "job.update");
    if (!isMetadata(metadata)) throw invalid("metadata", METADATA_RULE, metadata);
    await this.get(viewer, id);
    return inTransaction(this.db, async (transaction) => {
      const job = await lockedJob(transaction, id);
      requireOpen(job);
      return transaction.tx.job.update({
        where: { id },
        data: { metadata: mergedMetadata(job, metadata, "metadata") },
      });
    });
  }
}
