import type { Db } from "../../db/client.js";
import type { Sql } from "../../db/statement.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError } from "../../lib/errors.js";
import type { Intake } from "../../lib/intake.js";
import type { Logger } from "../../lib/log.js";
import type { Events } from "../../lib/observe/events.js";
import type { Task } from "../../lib/task.js";
import { LogMirror } from "../../streams/redis/log-mirror.js";
import { LogReplicas } from "../../streams/redis/log-replicas.js";
import type { SharedRedis } from "../../streams/redis/open-redis.js";
import type { LogEnd } from "../../streams/redis/replica.js";
import type { CircuitBreakers } from "../../upstream/resilience/circuit-breakers.js";
import type { AuditTrail } from "../audit/audit-trail.js";
import type { BudgetRefusals } from "../budgets/budget-refusals.js";
import type { IdempotencyKeys } from "../idempotency/idempotency-keys.js";
import type { JobLimits } from "../jobs/commit/open-job.js";
import type { JobService } from "../jobs/job.service.js";
import { KeyedJobs } from "../jobs/keyed-jobs.js";
import type { AccessWatch } from "../keys/access-watch.js";
import type { KeyHolders } from "../keys/holders/key-holders.js";
import type { CallLimits as CallLimitsOfTeams } from "../limits/call-limits.js";
import { ConcurrencyLimit } from "../limits/concurrency-limit.js";
import { limitReached } from "../limits/limit-refusal.js";
import type { PlanLookup } from "../models/plan-lookup.js";
import { AccessEnds } from "./access/access-ends.js";
import { CallService } from "./call.service.js";
import { CallAdmission } from "./commit/call-admission.js";
import { CallSettlement } from "./commit/call-settlement.js";
import { LateSettlements } from "./commit/late/late-settlements.js";
import { settleLateTask } from "./commit/late/settle-late.task.js";
import { settleOrphansTask } from "./commit/late/settle-orphans.task.js";
import { CallFollower } from "./follow/call-follower.js";
import { CallReader } from "./follow/call-reader.js";
import { forgetContentTask } from "./forget-content.task.js";
import type { CallItem } from "./log/call-event.js";
import { createCallLog } from "./log/call-log.js";
import { isLost } from "./log/call-row.js";
import { KeptResults } from "./log/kept-results.js";
import { PLAIN_CALL_ITEMS } from "./log/plain-call-items.js";
import { LostAnswers } from "./lost-answers.js";
import { ResultService } from "./results/result.service.js";
import { CallLeases } from "./run/call-leases.js";
import { heedTask, renewLeasesTask } from "./run/call-leases.task.js";
import { CallRunner } from "./run/call-runner.js";
import { RunningCalls } from "./run/running-calls.js";
import { StreamTokenService } from "./stream-tokens/stream-token.service.js";

const MINUTE_MS = 60_000;

interface CallsDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly log: Logger;
  readonly events: Events;
  readonly redis: SharedRedis;
  readonly intake: Intake;
  readonly breakers: CircuitBreakers;
  readonly plans: PlanLookup;
  readonly random: () => number;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly jobs: JobService;
  readonly keyHolders: KeyHolders;
  readonly accessWatch: AccessWatch;
  readonly callLimits: CallLimitsOfTeams;
  readonly budgetRefusals: BudgetRefusals;
  readonly trail: AuditTrail;
  readonly jobLimits: JobLimits;
  readonly limits: CallLimits;
  readonly adminKey: string;
}

interface CallLimits {
  readonly leaseMs: number;
  readonly disconnectGraceMs: number;
  readonly runningMax: number;
  readonly runningOfTeamMax: number;
  readonly contentRetentionMs: number;
}

/** Builds the private parts of calls, in the order of need, and returns what others may see of them. */
export function createCalls(deps: CallsDeps) {
  const { sql, clock, log, redis, breakers, accessWatch, jobLimits, limits } = deps;
  const { leaseMs } = limits;
  const { link, peers } = redis;
  const form = PLAIN_CALL_ITEMS;
  const callLog = createCallLog();
  const results = new KeptResults();
  // It must last until another process has settled the call, which it does once the lease has run out.
  const mirror = new LogMirror({ link, peers, log: callLog, form, keptMs: 2 * leaseMs + MINUTE_MS });

  const settlement = new CallSettlement({ ...deps, peers, limits: jobLimits });
  const lateSettlements = new LateSettlements(settlement, log);
  const admission = new CallAdmission({
    ...deps,
    peers,
    keyedJobs: new KeyedJobs(deps.jobs),
    slots: runningCallsLimit(limits, deps.events),
    limits: jobLimits,
    leaseMs: limits.leaseMs,
  });

  const runner = new CallRunner({ breakers, clock, log });
  const running = new RunningCalls({ ...deps, ...redis, ...limits, runner, lateSettlements, callLog, results, mirror });
  const leases = new CallLeases({ ...deps, running, lateSettlements, accessWatch, peers, log, leaseMs });

  const reader = new CallReader(sql, running, peers);
  const replicaLog = createCallLog();
  const replicas = new LogReplicas({ link, peers, log: replicaLog, form, endOf: endOfCall(reader) });
  const follower = new CallFollower(reader, callLog, replicas, running, accessWatch);
  const service = new CallService({ ...deps, admission, running, leases, reader, follower });

  const tasks: readonly Task[] = [
    renewLeasesTask(leases, leaseMs),
    heedTask(leases),
    settleLateTask(lateSettlements),
    settleOrphansTask(sql, settlement, () => leases.heldIds),
    forgetContentTask(sql, limits.contentRetentionMs),
  ];
  return {
    service,
    follower,
    services: {
      calls: service,
      callFollower: follower,
      results: new ResultService(reader, results),
      lostAnswers: new LostAnswers({ sql, reader, running, results }),
      streamTokens: new StreamTokenService(reader, deps.keyHolders, clock, deps.adminKey),
    },
    tasks,
    cancelCallsOfJob: (jobId: string, reason: DomainError) => {
      peers.tell(`close:${jobId}`);
      return running.cancelOfJob(jobId, reason);
    },
    accessEnds: new AccessEnds(accessWatch, running),
    /** Waits for the running calls and those that come, and after `graceMs` aborts and settles what is left. */
    drain: async (graceMs: number): Promise<void> => {
      await running.drain(graceMs);
      // What cannot be settled even now is left to another process, once its lease has run out.
      await lateSettlements.settleAgain().catch((error) => log.error({ err: error }, "Calls are left unsettled."));
    },
    ...forgetting({ callLog, replicaLog, results }),
    gauges: () => ({
      runningCalls: running.ids.length,
      unsettledCalls: lateSettlements.ids.length,
      callLogs: callLog.count,
      replicas: replicas.count,
    }),
  };
}

function forgetting({ callLog, replicaLog, results }: Remembered) {
  return {
    /** Forgets what calls have said, and ends all reading. */
    forgetLogs: () => {
      callLog.dispose();
      replicaLog.dispose();
      results.clear();
    },
    /** Forgets the answers that are kept for repeated requests and not stored. */
    forgetResults: () => results.clear(),
  };
}

type Log = ReturnType<typeof createCallLog>;

interface Remembered {
  readonly callLog: Log;
  readonly replicaLog: Log;
  readonly results: KeptResults;
}

/** How a call of another process has ended: what the database has of it once it is settled. */
const endOfCall =
  (reader: CallReader) =>
  async (id: string, signal: AbortSignal): Promise<LogEnd<CallItem> | undefined> => {
    const call = await reader.settled(id, signal);
    return call && { last: { type: "finished", call }, isComplete: !isLost(call) };
  };

const runningCallsLimit = ({ runningMax, runningOfTeamMax }: CallLimits, events: Events): ConcurrencyLimit =>
  new ConcurrencyLimit({
    max: runningMax,
    maxOfHolder: runningOfTeamMax,
    refusal: (running) =>
      running === undefined
        ? new DomainError("OVERLOADED")
        : limitReached(events, {
            limit: "CONCURRENCY",
            of: "TEAM",
            allowed: runningOfTeamMax,
            used: running,
            message: `The team has ${running} calls running in this process, which is the most it may have. Try again when one of them has ended.`,
          }),
  });
