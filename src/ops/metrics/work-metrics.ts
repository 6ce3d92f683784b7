import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { Events } from "../../lib/observe/events.js";
import { SECONDS_OF_OURS, SECONDS_OF_REQUESTS, seconds } from "./units.js";

/** Counts what the gateway does besides calls: credits, jobs, batches of the database, background tasks, limits, budgets, people who sign in. */
export function watchWork(events: Events, registry: Registry): void {
  watchCredits(events, registry);
  watchBatches(events, registry);
  watchTasks(events, registry);
  watchLimits(events, registry);
  watchBudgets(events, registry);
  watchSignIns(events, registry);
}

function watchSignIns(events: Events, registry: Registry): void {
  const signIns = new Counter({
    name: "tollgate_sign_ins_total",
    help: "People who came back from the OpenID provider, or could not be sent there. The outcome is signed_in, or why somebody did not get in.",
    labelNames: ["outcome"],
    registers: [registry],
  });
  events.on("signIn", ({ failure }) => signIns.inc({ outcome: failure?.toLowerCase() ?? "signed_in" }));
}

function watchLimits(events: Events, registry: Registry): void {
  const reached = new Counter({
    name: "tollgate_limits_reached_total",
    help: "Refusals by limits. With enforced=false, what would have been refused by a limit that is only measured. The owner is team, key, or none for sockets.",
    labelNames: ["limit", "owner", "enforced"],
    registers: [registry],
  });
  events.on("limit", ({ limit, of, isEnforced }) =>
    reached.inc({ limit: limit.toLowerCase(), owner: of?.toLowerCase() ?? "none", enforced: String(isEnforced) }),
  );
}

function watchBudgets(events: Events, registry: Registry): void {
  const refusals = new Counter({
    name: "tollgate_budget_refusals_total",
    help: "Calls and jobs that a budget refused, and running streams that it ended. With enforced=false, what would have been refused by a budget that is only measured. The budget is unpaid_cost, job_cost, job_tokens, job_allowance or credits.",
    labelNames: ["budget", "enforced"],
    registers: [registry],
  });
  events.on("budget", ({ budget, isEnforced }) =>
    refusals.inc({ budget: budget.toLowerCase(), enforced: String(isEnforced) }),
  );
}

function watchCredits(events: Events, registry: Registry): void {
  const credits = new Counter({
    name: "tollgate_credits_total",
    help: "Credits that this process held for jobs, took for completed ones (posted), or gave back (voided, expired).",
    labelNames: ["movement"],
    registers: [registry],
  });
  const jobs = new Counter({
    name: "tollgate_jobs_ended_total",
    help: "Jobs that this process ended, by how they ended.",
    labelNames: ["status"],
    registers: [registry],
  });
  events.on("credits", ({ movement, count }) => credits.inc({ movement }, count));
  events.on("jobs", ({ status, count }) => jobs.inc({ status: status.toLowerCase() }, count));
}

function watchBatches(events: Events, registry: Registry): void {
  const size = new Histogram({
    name: "tollgate_batch_size",
    help: "How many members a batch of the database had.",
    labelNames: ["lane"],
    buckets: [1, 2, 4, 8, 16, 32, 64, 128],
    registers: [registry],
  });
  const wait = new Histogram({
    name: "tollgate_batch_wait_seconds",
    help: "How long the first member of a batch waited until the batch was sent to the database.",
    labelNames: ["lane"],
    buckets: SECONDS_OF_OURS,
    registers: [registry],
  });
  const write = new Histogram({
    name: "tollgate_batch_write_seconds",
    help: "How long the database took to commit a batch.",
    labelNames: ["lane"],
    buckets: SECONDS_OF_OURS,
    registers: [registry],
  });
  events.on("batch", (batch) => {
    const { lane } = batch;
    size.observe({ lane }, batch.size);
    wait.observe({ lane }, seconds(batch.waitedMs));
    write.observe({ lane }, seconds(batch.ms));
  });
}

function watchTasks(events: Events, registry: Registry): void {
  const duration = new Histogram({
    name: "tollgate_task_duration_seconds",
    help: "How long a turn of a background task took.",
    labelNames: ["task"],
    buckets: SECONDS_OF_REQUESTS,
    registers: [registry],
  });
  const failures = new Counter({
    name: "tollgate_task_failures_total",
    help: "Turns of a background task that failed.",
    labelNames: ["task"],
    registers: [registry],
  });
  const lag = new Gauge({
    name: "tollgate_task_lag_seconds",
    help: "How much later than it should the last turn of a background task began.",
    labelNames: ["task"],
    registers: [registry],
  });
  events.on("task", ({ name: task, ms, hasFailed, lateMs }) => {
    duration.observe({ task }, seconds(ms));
    failures.inc({ task }, hasFailed ? 1 : 0);
    lag.set({ task }, seconds(lateMs));
  });
}
