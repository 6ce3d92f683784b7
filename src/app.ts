import "reflect-metadata";
import type { Config, UpstreamConfig } from "./config/config.js";
import { type Database, type Db, openDatabase } from "./db/database.js";
import { CallService } from "./features/calls/call.service.js";
import { CallStarter } from "./features/calls/commit/call-admission.js";
import { CallSettler } from "./features/calls/commit/call-settlement.js";
import { CallFollower } from "./features/calls/follow/call-follower.js";
import { createCallLog } from "./features/calls/log/call-event.js";
import { CallLeases } from "./features/calls/run/call-leases.js";
import { CallExecutor } from "./features/calls/run/call-runner.js";
import { RunningCalls } from "./features/calls/run/running-calls.js";
import { Sweep } from "./features/calls/sweep.js";
import { JobCloser } from "./features/closing/job-closer.js";
import { CreditService } from "./features/credits/credit.service.js";
import { Ledger } from "./features/credits/ledger.js";
import { IdempotencyKeys } from "./features/idempotency/idempotency-keys.js";
import { JobService } from "./features/jobs/job.service.js";
import { JobFollower } from "./features/jobs/job-follower.js";
import { LedgerAuditService } from "./features/jobs/ledger-audit.service.js";
import { LiveViewers } from "./features/keys/access-watch.js";
import { KeyService } from "./features/keys/key.service.js";
import { ConcurrencyLimit } from "./features/limits/concurrency-limit.js";
import { openStreamsLimit } from "./features/limits/open-streams.js";
import { ModelGroupService } from "./features/models/model-group.service.js";
import { ModelPriceService } from "./features/models/model-price.service.js";
import { OrganizationService } from "./features/organizations/organization.service.js";
import { TeamService } from "./features/teams/team.service.js";
import { type Clock, systemClock } from "./lib/clock.js";
import { DomainError } from "./lib/errors.js";
import { Intake } from "./lib/intake.js";
import type { Logger } from "./lib/log.js";
import { createLog } from "./lib/log.js";
import { openAiCompatible } from "./upstream/openai/openai-compatible.js";
import type { Provider } from "./upstream/provider.js";
import { CircuitBreakers } from "./upstream/resilience/circuit-breakers.js";
import { simulated } from "./upstream/simulated/simulated.js";

/** What a test, or the demo, puts in the place of the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  readonly database?: Database;
  readonly log?: Logger;
}

export type App = Awaited<ReturnType<typeof createApp>>;

const READY_TIMEOUT_MS = 2_000;

/** The composition root: builds everything the process owns, in the order of need; `close` ends it in reverse. */
export async function createApp(config: Config, overrides: Overrides = {}) {
  const log = overrides.log ?? createLog(config.logLevel);
  const clock = overrides.clock ?? systemClock;
  const database = overrides.database ?? (await openDatabase(config.database, log));
  const provider = openProvider(config.upstream);
  const intake = new Intake();
  const { services, ...inside } = createServices({ config, log, clock, intake, db: database.db, provider });
  const { running, liveViewers, callLog } = inside;
  const viewerOf = (secret: string) => services.keys.findViewer(secret);
  return {
    config,
    log,
    database,
    provider,
    intake,
    services,
    ...inside,
    /** What the contexts of requests are made with. */
    gate: { services, credentials: { adminKey: config.adminKey, viewerOf }, log },
    /** Null where the process can take work; else one sentence. */
    notReadyBecause: async (): Promise<string | null> => {
      if (!intake.isOpen) return "The gateway is stopping.";
      return Promise.race([faultOf(database.db), after(READY_TIMEOUT_MS, "The database does not answer in time.")]);
    },
    /** Lets running calls end within the grace, settles the rest, and closes what was opened. */
    close: async (): Promise<void> => {
      intake.close();
      await running.drain(config.shutdownGraceMs);
      liveViewers.close();
      callLog.dispose();
      await provider.close();
      await database.close();
    },
  };
}

interface Ground {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly intake: Intake;
  readonly db: Db;
  readonly provider: Provider;
}

function createServices({ config, log, clock, intake, db, provider }: Ground) {
  const idempotencyKeys = new IdempotencyKeys(db, clock);
  const ledger = new Ledger(clock);
  const settler = new CallSettler(db, clock, ledger, config.jobs);
  const breakers = new CircuitBreakers(clock);
  const executor = new CallExecutor({ provider, breakers, clock, log, timeLimits: config.calls });
  const callLog = createCallLog();
  const { disconnectGraceMs, leaseMs } = config.calls;
  const running = new RunningCalls({ executor, settler, log, callLog, disconnectGraceMs });
  const liveViewers = new LiveViewers(db, clock);
  const leases = new CallLeases(db, clock, running, liveViewers, leaseMs);

  const organizations = new OrganizationService(db, clock);
  const keys = new KeyService(db, clock);
  const modelGroups = new ModelGroupService(db, clock);
  const modelPrices = new ModelPriceService(db, clock);
  const credits = new CreditService(db, ledger, idempotencyKeys, config.teamTopUp);
  const onSuspended = async (teamId: string) => {
    await liveViewers.refresh();
    await running.cancel({ teamId }, new DomainError("TEAM_SUSPENDED"));
  };
  const teams = new TeamService({ db, clock, organizations, keys, modelGroups, ledger, onSuspended });
  const jobs = new JobService(db, clock, teams, ledger, idempotencyKeys, config.jobs);
  const ledgerAudit = new LedgerAuditService(db);
  const starter = new CallStarter({
    db,
    clock,
    jobs,
    modelGroups,
    running,
    leases,
    intake,
    slots: new ConcurrencyLimit({
      max: config.calls.runningMax,
      maxOfHolder: config.calls.runningOfTeamMax,
      refusal: (running) =>
        running === undefined
          ? new DomainError("OVERLOADED")
          : new DomainError("OVERLOADED", `The team has ${running} calls running, which is the most it may have.`),
    }),
    idempotencyKeys,
    limits: config.jobs,
    providerName: provider.name,
  });
  const calls = new CallService({ db, jobs, starter, running, leases, breakers });
  const callFollower = new CallFollower(calls, callLog, running, liveViewers);
  const jobFollower = new JobFollower(db, jobs, liveViewers);
  const jobCloser = new JobCloser(db, clock, jobs, ledger, running);
  const sweep = new Sweep(db, clock, ledger, settler, running, idempotencyKeys, config.calls.contentRetentionMs);

  const services = {
    organizations,
    keys,
    modelGroups,
    modelPrices,
    credits,
    teams,
    jobs,
    jobFollower,
    ledgerAudit,
    calls,
    callFollower,
    jobCloser,
    openStreams: openStreamsLimit(),
  };
  return { services, callLog, running, leases, liveViewers, sweep };
}

type AppServices = ReturnType<typeof createServices>["services"];

declare module "./edge/context.js" {
  interface Services extends AppServices {}
}

async function faultOf(db: Db): Promise<string | null> {
  const question = db.$queryRaw<[{ isReadOnly: boolean }]>`
    SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly"`;
  return question.then(
    ([{ isReadOnly }]) => (isReadOnly ? "The database takes no changes." : null),
    () => "The database does not answer.",
  );
}

function openProvider(config: UpstreamConfig): Provider {
  return config.kind === "simulated" ? simulated(config) : openAiCompatible(config);
}

function after<Value>(ms: number, value: Value): Promise<Value> {
  return new Promise((resolve) => setTimeout(resolve, ms, value).unref());
}
