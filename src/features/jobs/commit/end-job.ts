import type { ValuesOf } from "../../../db/column-type.js";
import { Lane } from "../../../db/lane.js";
import type { Sql } from "../../../db/statement.js";
import type { Job } from "../../../generated/prisma/client.js";
import { newId } from "../../../lib/ids.js";
import type { JsonObject } from "../../../lib/json/json.js";
import type { Events } from "../../../lib/observe/events.js";
import type { Peers } from "../../../streams/redis/peers.js";
import { tellOfCredits } from "../../credits/tell-of-credits.js";
import type { TerminalStatus } from "../job-state.js";
import { endBudgetedJobs, endJobs } from "./end-jobs.sql.js";
import { tellOfEnd } from "./tell-of-end.js";

interface JobEnd {
  readonly status: TerminalStatus;
  readonly actor: string;
  readonly errorMessage?: string | null;
  /** Replaces the metadata that the caller has seen. Null keeps it. */
  readonly metadata?: JsonObject | null;
}

/** Ends jobs and resolves their holds. */
export class JobEnding {
  private readonly lane: EndsLane;
  /** For jobs that are billed by cost or tokens, or counted by an allowance. That is decided when a job is opened. */
  private readonly budgetedLane: EndsLane;

  constructor(
    sql: Sql,
    events: Events,
    private readonly peers: Peers,
  ) {
    const laneOf = (name: string, statement: typeof endJobs | typeof endBudgetedJobs): EndsLane =>
      new Lane(name, events, async (batch) => {
        const ended = await sql.run(statement, { batch });
        for (const { status, movedAs, movedCredits } of ended) {
          tellOfEnd(events, status);
          tellOfCredits(events, movedAs, movedCredits);
        }
        return ended;
      });
    this.lane = laneOf("end jobs", endJobs);
    this.budgetedLane = laneOf("end budgeted jobs", endBudgetedJobs);
  }

  /**
   * Ends a job, and posts its hold or gives it back, both or neither. The caller has decided that the job may end so, by
   * the row that it has seen. Returns undefined, and writes nothing, if the job has changed since or a call runs.
   */
  async end(seen: Job, end: JobEnd): Promise<Job | undefined> {
    const { status, actor, errorMessage = null, metadata = null } = end;
    const { id, teamId, closingAs } = seen;
    const seenMetadata = metadata && seen.metadata;
    const entryId = newId();
    const member = { id, teamId, closingAs, status, actor, errorMessage, metadata, seenMetadata, entryId };
    const ended = await (hasBudget(seen) ? this.budgetedLane : this.lane).add(member);
    this.peers.tellWatchers(`job:${id}`);
    // If others have asked for the end of the same job in this moment, one of them had its way.
    return ended?.status === status ? ended : undefined;
  }
}

const hasBudget = ({ nanoCreditsPerUsd, tokensPerCredit, allowanceSpan }: Job): boolean =>
  nanoCreditsPerUsd !== null || tokensPerCredit !== null || allowanceSpan !== null;

type EndsLane = Lane<EndsMember, ValuesOf<typeof endJobs.row>>;

/** An end as the statement reads it. */
interface EndsMember extends Pick<Job, "id" | "teamId" | "closingAs">, Required<JobEnd> {
  readonly seenMetadata: Job["metadata"];
  /** Of the ledger's entry. */
  readonly entryId: string;
}
