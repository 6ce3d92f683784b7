import "reflect-metadata";
import type { Config } from "./config/config.js";
import type { Database } from "./db/client.js";
import { DatabaseClock } from "./db/clock/database-clock.js";
import { openDatabase } from "./db/database.js";
import { prepareSchemaOf } from "./db/migrate.js";
import type { Sql } from "./db/statement.js";
import { Sessions } from "./edge/session/sessions.js";
import { createAudit } from "./features/audit/create-audit.js";
import { createBudgets } from "./features/budgets/create-budgets.js";
import { createCalls } from "./features/calls/create-calls.js";
import { TokenCountService } from "./features/calls/token-count.service.js";
import { createClosing } from "./features/closing/create-closing.js";
import { createCredits } from "./features/credits/create-credits.js";
import { EmbeddingService } from "./features/embeddings/embedding.service.js";
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
import { createCredentials } from "./features/keys/holders/create-credentials.js";
import { KeyHolders } from "./features/keys/holders/key-holders.js";
import { noteUsesTask } from "./features/keys/holders/note-uses.task.js";
import { KeyService } from "./features/keys/key.service.js";
import { KeyListsService } from "./features/keys/key-lists.service.js";
import { OrganizationKeyService } from "./features/keys/organization/organization-key.service.js";
import { SessionHolders } from "./features/keys/sessions/session-holders.js";
import { createLimits } from "./features/limits/create-limits.js";
import { openStreamsLimit, tokenStreamsLimit } from "./features/limits/open-streams.js";
import { CallListService } from "./features/lists/call-list.service.js";
import { CallErrorsService } from "./features/lists/errors/call-errors.service.js";
import { GuidedList } from "./features/lists/guided-list.js";
import { NodeService } from "./features/lists/nodes/node.service.js";
import { ModelCircuitService } from "./features/models/circuits/model-circuit.service.js";
import { ModelGroupService } from "./features/models/groups/model-group.service.js";
import { tellLostModels } from "./features/models/groups/tell-lost-models.js";
import { PlanLookup } from "./features/models/plan-lookup.js";
import { ModelPriceService } from "./features/models/prices/model-price.service.js";
import { OrganizationService } from "./features/organizations/organization.service.js";
import { TeamReach } from "./features/organizations/team-reach.js";
import { createResponses } from "./features/responses/create-responses.js";
import { SystemService } from "./features/system/system.service.js";
import { OrganizationLifecycleService } from "./features/teams/organization/organization-lifecycle.service.js";
import { TeamService } from "./features/teams/team.service.js";
import { createUsage } from "./features/usage/create-usage.js";
import { ageOfPendingUsage } from "./features/usage/rollup/fold-usage.sql.js";
import { createWebhooks } from "./features/webhooks/create-webhooks.js";
import type { Resolve } from "./features/webhooks/sending/resolve-name.js";
import type { Clock } from "./lib/clock.js";
import { Intake } from "./lib/intake.js";
import { createLog, type Logger } from "./lib/log.js";
import { Events } from "./lib/observe/events.js";
import type { Task } from "./lib/task.js";
import { openRedis, type SharedRedis } from "./streams/redis/open-redis.js";
import type { Provider } from "./upstream/provider.js";
import { CircuitBreakers } from "./upstream/resilience/circuit-breakers.js";
import { Upstreams } from "./upstream/upstreams.js";

/** What a test, or the demo, puts in the place of the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  readonly database?: Database;
  /** Answers as the only upstream. */
  readonly provider?: Provider;
  /** From 0 to 1, 1 excluded. */
  readonly random?: () => number;
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
  const upstreams = await Upstreams.open(config.upstreams, config.calls, overrides.provider);
  const redis = await openRedis(config.redisUrl, log);
  const intake = new Intake();
  const events = new Events((error) => log.error({ err: error }, "A watcher of the gateway's work failed."));
  const sessions = config.signIn && (await Sessions.open(config.signIn, clock));
  const { resolve, random = Math.random } = overrides;
  const parts = { config, log, events, clock, database, redis, upstreams, random, intake, sessions, resolve };
  const { services, credentials, tasks, ...others } = createServices(parts);
  const gate = { services, credentials, log, events };
  await tellLostModels(database.db, upstreams, log);
  if (config.defaultOrganization) await services.organizations.ensure(config.defaultOrganization);
  return {
    ...parts,
    ...others,
    services,
    gate,
    ...stateOf(database.sql),
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
  readonly upstreams: Upstreams;
  readonly random: () => number;
  readonly intake: Intake;
  /** Undefined if only keys are accepted. */
  readonly sessions: Sessions | undefined;
  readonly resolve: Resolve | undefined;
}

/** What the services of several features stand on. */
function createGround(deps: ServiceDeps) {
  const { config, clock, database, redis } = deps;
  const { db, sql } = database;
  const keyHolders = new KeyHolders(sql, clock);
  const sessionHolders = new SessionHolders(sql, clock);
  const accessWatch = new AccessWatch(sql);
  return {
    ...deps,
    db,
    sql,
    peers: redis.peers,
    idempotencyKeys: new IdempotencyKeys(db, sql),
    ...createAudit(sql, config.auditKeys),
    limits: createLimits({ ...deps, leaseMs: config.calls.leaseMs }, sql),
    keyHolders,
    sessionHolders,
    accessWatch,
    accessChanges: new AccessChanges(keyHolders, sessionHolders, accessWatch, redis.peers),
    plans: new PlanLookup(sql, deps.upstreams),
    breakers: new CircuitBreakers(clock),
    teamReach: new TeamReach(sql),
  };
}

/** Who is served: organizations and teams, their keys, their model groups and their credits. */
function createAccounts(ground: ReturnType<typeof createGround>, onSuspended: (teamId: string) => Promise<void>) {
  const { config, db, sql, clock, trail } = ground;
  const { limitSettings, callLimits } = ground.limits;
  const organizations = new OrganizationService(db, sql, clock, trail);
  const keys = new KeyService({ ...ground, limitSettings, callLimits });
  const modelGroups = new ModelGroupService(db, sql, clock, trail, ground.upstreams);
  const credits = createCredits({ ...ground, teamTopUp: config.teamTopUp });
  const { ledger } = credits;
  const { defaultOrganization } = config;
  const parts = { organizations, keys, modelGroups, ledger, limitSettings, callLimits, defaultOrganization };
  const teams = new TeamService({ ...ground, ...parts, onSuspended });
  const services = {
    organizations,
    organizationKeys: new OrganizationKeyService({ ...ground, organizations }),
    keys,
    keyLists: new KeyListsService(sql),
    modelGroups,
    modelPrices: new ModelPriceService(db, sql, clock, trail),
    modelCircuits: new ModelCircuitService(ground.breakers, ground.upstreams),
    ...credits.services,
    teams,
  };
  return { services, organizations, teams, ledger, tasks: credits.tasks };
}

function createServices(deps: ServiceDeps) {
  const ground = createGround(deps);
  const { config, clock, events, db, sql, peers, idempotencyKeys, accessWatch, keyHolders } = ground;
  const { limitSettings, callLimits, ...limits } = ground.limits;
  // Calls are built after teams.
  const accounts = createAccounts(ground, (teamId) => accessEnds.ofSuspendedTeam(teamId));
  const { organizations, teams } = accounts;

  const budgets = createBudgets(ground, accounts.ledger, limits.refusalCounts);
  const { budgetRefusals, exceeded } = budgets;
  const opening = new JobOpening(sql, config.jobs, events, budgetRefusals);
  const jobs = new JobService(db, sql, teams, idempotencyKeys, opening);
  const callParts = { ...ground, jobs, callLimits, budgetRefusals, adminKey: config.adminKey };
  const calls = createCalls({ ...callParts, jobLimits: config.jobs, limits: config.calls });
  const { accessEnds, cancelCallsOfJob } = calls;
  const { responses, ...ofResponses } = createResponses(sql, calls.service, config.calls.contentRetentionMs);
  const usage = createUsage(ground);
  const ending = new JobEnding(sql, events, peers);
  const closing = createClosing({ ...ground, jobs, teams, responses, accessEnds, ending, cancelCallsOfJob });
  const { webhooks, ...ofWebhooks } = createWebhooks({ ...ground, organizations, teams, exceeded });

  const services = {
    ...ground.services,
    ...accounts.services,
    billing: budgets.billing,
    organizationLifecycle: new OrganizationLifecycleService({ ...ground, organizations, accessEnds }),
    jobs,
    jobFollower: new JobFollower(sql, jobs, accessWatch, peers),
    ledgerAudit: new LedgerAuditService(sql, ground.teamReach),
    ...calls.services,
    embedding: new EmbeddingService(calls.service, calls.services.results),
    tokenCounts: new TokenCountService({ ...ground, callLimits }),
    responses,
    ...usage.services,
    ...closing.services,
    callErrors: new CallErrorsService(sql),
    callLists: new CallListService(sql, new GuidedList(sql, usage.callHours, clock)),
    nodes: new NodeService({ sql, organizations, teams, jobs, calls: calls.service }),
    ...ofWebhooks.services,
    accessWatch,
    sessionHolders: ground.sessionHolders,
    openStreams: openStreamsLimit(events),
    tokenStreams: tokenStreamsLimit(events),
    limitSettings,
    system: new SystemService({ ...ground, modelCircuits: accounts.services.modelCircuits }),
  };
  const tasks: readonly Task[] = [
    ...[calls, ofResponses, usage, closing, ofWebhooks, accounts, budgets, limits].flatMap((part) => part.tasks),
    forgetKeysTask(idempotencyKeys),
    noteUsesTask(keyHolders),
  ];
  /** What the process holds at the moment, in numbers. */
  const gauges = () => ({ ...calls.gauges(), openStreams: accessWatch.count });
  const credentials = createCredentials({ ...ground, adminKey: config.adminKey });
  return { services, credentials, calls, callLimits, accessWatch, tasks, gauges, webhooks };
}

/** Figures of the whole database. Both reject if it does not answer. */
const stateOf = (sql: Sql) => ({
  countOpenJobs: async () => Number((await sql.run(openJobsCount, {}))[0]?.count),
  /** How long the oldest usage has waited to be counted, in seconds. */
  pendingUsageSeconds: async () => (await sql.run(ageOfPendingUsage, {}))[0]?.seconds ?? 0,
});

type AppServices = ReturnType<typeof createServices>["services"];

declare module "./edge/context.js" {
  interface Services extends AppServices {}
}
