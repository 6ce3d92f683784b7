import { Gauge, type Registry } from "prom-client";

/** What the process holds at a moment. */
export interface State {
  readonly runningCalls: number;
  readonly unsettledCalls: number;
  readonly callLogs: number;
  readonly openStreams: number;
  readonly openSockets: number;
  /** Null if the database does not answer. */
  readonly openJobs: number | null;
  /** How long the oldest usage waits to be counted. Null if the database does not answer. */
  readonly pendingUsageSeconds: number | null;
  /** What waits for webhooks in the whole database. Null if it does not answer. */
  readonly outbox: { readonly pending: number; readonly dueForSeconds: number } | null;
  /** Connections to the database by what they do; "waiting" is how many requests wait for one. */
  readonly connections: Readonly<Partial<Record<"idle" | "busy" | "waiting", number>>>;
  /** Whether what the gateway stands on answers, by name. */
  readonly up: Readonly<Record<string, boolean>>;
}

/** Makes the gauges of the state. Returns how they are set, which is done once for each scrape. */
export function stateGauges(registry: Registry): (state: State) => void {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const labelled = (name: string, label: string, help: string) =>
    new Gauge({ name, help, labelNames: [label], registers: [registry] });

  const runningCalls = gauge("tollgate_running_calls", "Calls that this process runs.");
  const unsettledCalls = gauge(
    "tollgate_unsettled_calls",
    "Calls that have ended while the database was away, and are settled when it is back.",
  );
  const callLogs = gauge("tollgate_call_logs", "Calls whose stream is kept in memory, running or just over.");
  const openStreams = gauge(
    "tollgate_open_streams",
    "Streams of events that are open, over sockets or by HTTP, and exports that are being sent.",
  );
  const openSockets = gauge("tollgate_open_sockets", "WebSockets that are open.");
  const openJobs = gauge("tollgate_open_jobs", "Jobs that are open, in the whole database. Each holds one credit.");
  const pendingUsage = gauge(
    "tollgate_usage_pending_seconds",
    "How long the oldest call or job has waited to be counted in usage. 0 if none waits.",
  );
  const pending = gauge(
    "tollgate_webhook_pending_deliveries",
    "Events that have not arrived at a webhook so far, in the whole database, counted up to 100000.",
  );
  const outboxAge = gauge(
    "tollgate_webhook_outbox_age_seconds",
    "For how long the event has been due that should have been posted to a webhook first, in the whole database. 0 if none is due. It grows if no process delivers.",
  );
  const connections = labelled(
    "tollgate_database_connections",
    "use",
    "Connections of this process to PostgreSQL, idle or busy, and the requests that wait for one.",
  );
  const up = labelled("tollgate_up", "part", "Whether what the gateway stands on answers: 1 if it does, 0 if not.");

  return (state) => {
    runningCalls.set(state.runningCalls);
    unsettledCalls.set(state.unsettledCalls);
    callLogs.set(state.callLogs);
    openStreams.set(state.openStreams);
    openSockets.set(state.openSockets);
    openJobs.set(state.openJobs ?? Number.NaN);
    pendingUsage.set(state.pendingUsageSeconds ?? Number.NaN);
    pending.set(state.outbox?.pending ?? Number.NaN);
    outboxAge.set(state.outbox?.dueForSeconds ?? Number.NaN);
    for (const [use, count] of Object.entries(state.connections)) connections.set({ use }, count);
    for (const [part, isUp] of Object.entries(state.up)) up.set({ part }, isUp ? 1 : 0);
  };
}
