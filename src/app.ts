import "reflect-metadata";
import { adminKeyCheck } from "./auth/admin-key.js";
import type { Config } from "./config/config.js";
import type { Database } from "./db/client.js";
import { DatabaseClock } from "./db/clock/database-clock.js";
import { openDatabase } from "./db/database.js";
import { prepareSchemaOf } from "./db/migrate.js";
import { createBudgets } from "./features/budgets/create-budgets.js";
import { createCalls } from "./features/calls/create-calls.js";
import { createClosing } from "./features/closing/create-closing.js";
import { createCredits } from "./features/credits/create-credits.js";
import { forgetKeysTask } from "./features/idempotency/forget-keys.task.js";
import { IdempotencyKeys } from "./features/idempotency/idempotency-keys.js";
import { LedgerAuditService } from "./features/jobs/audit/ledger-audit.service.js";
import { JobEnding } from "./features/jobs/commit/end-job.js";
import { JobOpening } from "./features/jobs/commit/open-job.js";
import { JobService } from "./features/jobs/job.service.js";
import { openJobsCount } from "./features/jobs/job.sql.js";
import { JobFollower } from "./features/jobs/job-follower.js";
import { AccessChanges } from "./features/keys/access-changes.js";
import { AccessWatch } from "./features/keys/access-watch.js";
import { KeyHolders } from "./features/keys/holders/key-holders.js";
import { noteUsesTask } from "./features/keys/holders/note-uses.task.js";
import { KeyService } from "./features/keys/key.service.js";
import { OrganizationKeyService } from "./features/keys/organization/organization-key.service.js";
import { createLimits } from "./features/limits/create-limits.js";
import { openStreamsLimit } from "./features/limits/open-streams.js";
import { ModelCircuitService } from "./features/models/circuits/model-circuit.service.js";
import { ModelGroupService } from "./features/models/groups/model-group.service.js";
import { PlanLookup } from "./features/models/plan-lookup.js";
import { ModelPriceService } from "./features/models/prices/model-price.service.js";
import { OrganizationService } from "./features/organizations/organization.service.js";
import { TeamReach } from "./features/organizations/team-reach.js";
import { OrganizationLifecycleService } from "./features/teams/organization/organization-lifecycle.service.js";
import { TeamService } from "./features/teams/team.service.js";
import { createWebhooks } from "./features/webhooks/create-webhooks.js";
import type { Resolve } from "./features/webhooks/sending/webhook-poster.js";
import type { Clock } from "./lib/clock.js";
import { Intake } from "./lib/intake.js";
import { createLog, type Logger } from "./lib/log.js";
import { Events } from "./lib/observe/events.js";
import type { Task } from "./lib/task.js";
import { openRedis, type SharedRedis } from "./streams/redis/open-redis.js";
import { openProvider } from "./upstream/open-provider.js";
import type { Provider } from "./upstream/provider.js";
import { CircuitBreakers } from "./upstream/resilience/circuit-breakers.js";

/** What a test, or the demo, puts in the place of the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  readonly database?: Database;
  readonly log?: Logger;
  /** How the names of webhooks' hosts are looked up. */
  readonly resolve?: Resolve;
}

export type App = Awaited<ReturnType<typeof createApp>>;

/** The composition root: builds everything the process owns, in the order of need. `stop.ts` ends it. */
export async function createApp(config: Config, overrides: Overrides = {}) {
  const log = overrides.log ?? createLog(config.logLevel);
  const database = overrides.database ?? (await openDatabase(config.database, log, prepareSchemaOf(config)));
  const databaseClock = await DatabaseClock.start(database.sql);
  const clock = overrides.clock ?? databaseClock;
  const provider = await openProvider(config.upstream);
  const redis = await openRedis(config.redisUrl, log);
  const intake = new Intake();
  const events = new Events((error) => log.error({ err: error }, "A watcher of the gateway's work failed."));
  const parts = { config, log, events, clock, database, redis, provider, intake, resolve: overrides.resolve };
  const { services, credentials, tasks, ...others } = createServices(parts);
  const gate = { services, credentials, log, events };
  /** What the process holds at the moment, in numbers. */
  const gauges = () => ({ ...others.calls.gauges(), openStreams: others.accessWatch.count });
  /** How many jobs are open in the whole database. Rejects if it does not answer. */
  const countOpenJobs = async () => Number((await database.sql.run(openJobsCount, {}))[0]?.count);
  return {
    ...parts,
    ...others,
    services,
    gate,
    gauges,
    countOpenJobs,
    tasks: [...tasks, databaseClock.syncTask, ...(database.tasks ?? [])],
  };
}

interface ServiceDeps {
  readonly config: Config;
  readonly log: Logger;
  readonly events: Events;
  readonly clock: Clock;
  readonly database: Database;
  readonly redis: SharedRedis;
  readonly provider: Provider;
  readonly intake: Intake;
  readonly resolve: Resolve | undefined;
}

function createServices(deps: ServiceDeps) {
  const { config, events, clock, database } = deps;
  const { db, sql } = database;
  const { peers } = deps.redis;
  const idempotencyKeys = new IdempotencyKeys(db, sql);
  const keyHolders = new KeyHolders(sql, clock);
  const accessWatch = new AccessWatch(sql);
  const { limitSettings, callLimits, ...limits } = createLimits({ ...deps, leaseMs: config.calls.leaseMs }, sql);
  const accessChanges = new AccessChanges(keyHolders, accessWatch, peers);
  const plans = new PlanLookup(sql);
  const breakers = new CircuitBreakers(clock);

  const teamReach = new TeamReach(sql);
  const organizations = new OrganizationService(db, sql, clock);
  const organizationKeys = new OrganizationKeyService({ db, sql, clock, organizations, accessChanges });
  const keys = new KeyService({ db, sql, clock, teamReach, accessChanges, limitSettings, callLimits });
  const modelGroups = new ModelGroupService(db, sql, clock);
  const credits = createCredits({ db, sql, clock, teamReach, idempotencyKeys, teamTopUp: config.teamTopUp });
  // Calls are built after teams.
  const onSuspended = (teamId: string) => accessEnds.ofSuspendedTeam(teamId);
  const teamParts = { db, sql, clock, organizations, keys, accessChanges, modelGroups, plans };
  const teams = new TeamService({ ...teamParts, ledger: credits.ledger, limitSettings, callLimits, onSuspended });

  const budgets = createBudgets({ ...deps, ...database }, credits.ledger, limits.refusalCounts);
  const { budgetRefusals, exceeded } = budgets;
  const jobEnding = new JobEnding(sql, events, peers);
  const opening = new JobOpening(sql, config.jobs, events, budgetRefusals);
  const jobs = new JobService(db, sql, teams, idempotencyKeys, opening);
  const callParts = { ...deps, ...database, breakers, plans, idempotencyKeys, jobs, accessWatch, callLimits };
  const calls = createCalls({ ...callParts, budgetRefusals, jobLimits: config.jobs, limits: config.calls });
  const { accessEnds } = calls;
  const closingParts = { db, sql, jobs, teams, peers, accessChanges, accessEnds };
  const closing = createClosing({ ...closingParts, ending: jobEnding, cancelCallsOfJob: calls.cancelCallsOfJob });
  const { webhooks, ...ofWebhooks } = createWebhooks({ ...deps, ...database, organizations, teams, exceeded });

  const services = {
    organizations,
    organizationKeys,
    keys,
    modelGroups,
    modelPrices: new ModelPriceService(db, sql, clock),
    modelCircuits: new ModelCircuitService(breakers),
    ...credits.services,
    teams,
    billing: budgets.billing,
    organizationLifecycle: new OrganizationLifecycleService({ db, sql, organizations, accessChanges, accessEnds }),
    jobs,
    jobFollower: new JobFollower(sql, jobs, accessWatch, peers),
    ledgerAudit: new LedgerAuditService(sql, teamReach),
    calls: calls.service,
    callFollower: calls.follower,
    ...closing.services,
    ...ofWebhooks.services,
    openStreams: openStreamsLimit(events),
    limitSettings,
  };
  const tasks: readonly Task[] = [
    ...calls.tasks,
    ...closing.tasks,
    ...ofWebhooks.tasks,
    ...credits.tasks,
    ...budgets.tasks,
    forgetKeysTask(idempotencyKeys),
    noteUsesTask(keyHolders),
    ...limits.tasks,
  ];
  const viewerOf = (secret: string) => keyHolders.viewerOf(secret);
  const credentials = { isAdminKey: adminKeyCheck(config.adminKey), viewerOf };
  return { services, credentials, calls, callLimits, accessWatch, tasks, webhooks };
}

type AppServices = ReturnType<typeof createServices>["services"];

declare module "./edge/context.js" {
  interface Services extends AppServices {}
}
