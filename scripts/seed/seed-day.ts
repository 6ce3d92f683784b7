import type { App } from "../../src/app.js";
import { MessageRole } from "../../src/features/calls/question/message.input.js";
import { JobOutcome } from "../../src/features/closing/close-job.input.js";
import { DomainError } from "../../src/lib/errors.js";
import { ADMIN, type ExampleTeam } from "./example-world.js";
import { Random } from "./random.js";
import type { SeededTeam } from "./seed-accounts.js";
import type { SeedClock } from "./seed-clock.js";
import type { SeedModel } from "./seed-model.js";

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

interface Seeding {
  readonly app: App;
  readonly clock: SeedClock;
  readonly model: SeedModel;
  readonly teams: readonly SeededTeam[];
}

/** One piece of work of a day. */
interface Work {
  readonly at: Date;
  readonly seeded: SeededTeam;
  /** Is the same each time for the same work, so that it is done once, however often the seed runs. */
  readonly key: string;
}

/**
 * Lets the teams work for a day, or until `end`. What happens depends on the date alone. Returns how many jobs were opened.
 */
export async function seedDay(seeding: Seeding, day: Date, end: Date): Promise<number> {
  const { app, clock, model, teams } = seeding;
  const date = day.toISOString().slice(0, 10);
  const random = new Random(`example ${date}`);
  const isBad = random.chance(0.1);
  const works = teams.flatMap((seeded) => worksOf(seeded, day, random)).filter(({ at }) => at < end);
  works.sort((one, other) => one.at.getTime() - other.at.getTime());
  await clock.moveTo(day);
  if (day.getUTCDay() === 1) for (const seeded of teams) await topUp(app, seeded, date);
  for (const work of works) {
    await clock.moveTo(work.at);
    model.fate = { random: new Random(`${work.key} model`), isBad };
    await doWork(seeding, work);
  }
  await clock.moveTo(new Date(Math.min(day.getTime() + DAY_MS - 1, end.getTime())));
  for (const task of app.tasks) while ((await task.run()) === "more");
  return works.length;
}

function worksOf(seeded: SeededTeam, day: Date, random: Random): Work[] {
  const isWeekend = day.getUTCDay() % 6 === 0;
  const count = random.around(seeded.team.jobsADay / (isWeekend ? 3 : 1));
  const date = day.toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, index) => {
    // Most of it happens around the middle of the day.
    const hour = (random.next() + random.next() + random.next()) * 8;
    return { at: new Date(day.getTime() + hour * HOUR_MS), seeded, key: `${seeded.team.id} ${date} ${index}` };
  });
}

async function topUp({ services }: App, { team }: SeededTeam, date: string): Promise<void> {
  const reference = `INV-${date.replaceAll("-", "")}`;
  const idempotencyKey = `${team.id} ${date} credits`;
  const credits = team.credits.onMondays;
  await services.credits.add(ADMIN, { teamId: team.id, credits, reason: "Weekly order", reference, idempotencyKey });
}

/** What is asked must be the same when the seed runs again, although no model is asked then. */
async function doWork({ app, clock }: Seeding, { seeded, key }: Work): Promise<void> {
  const random = new Random(key);
  const { team, viewer } = seeded;
  const { services } = app;
  const signal = new AbortController().signal;
  const metadata = { customer: random.pick(team.customers) };
  const isSingle = random.chance(0.15);
  const calls = isSingle ? 1 : random.integer(1, 4);
  const fate = random.next();
  try {
    const job = isSingle
      ? null
      : await services.jobs.create(viewer, { jobType: random.pick(team.jobTypes), metadata, idempotencyKey: key });
    for (let number = 0; number < calls; number++) {
      const call = { ...questionOf(team, random), metadata, idempotencyKey: `${key} ${number}` };
      await services.calls.run(viewer, { ...call, jobId: job?.id ?? null }, signal);
      await clock.pass(random.around(2_000));
    }
    if (job && fate < 0.95) await services.jobCloser.close(viewer, { jobId: job.id, ...endOf(fate) });
  } catch (error) {
    // A team that has no credit left waits for its next order.
    if (!(error instanceof DomainError) || error.code !== "INSUFFICIENT_CREDITS") throw error;
  }
}

function questionOf({ groups }: ExampleTeam, random: Random) {
  const purpose = random.pick(["classify", "draft", "check"]);
  const content = "The example world asks this.";
  // Most of it goes to the first group.
  const modelGroup = random.chance(0.6) ? (groups[0] ?? "") : random.pick(groups);
  return { modelGroup, purpose, messages: [{ role: MessageRole.USER, content }] };
}

/** How a job ends. The rest of them stays open and expires. */
function endOf(fate: number) {
  if (fate < 0.82) return { status: JobOutcome.COMPLETED };
  if (fate < 0.91) return { status: JobOutcome.FAILED, errorMessage: "The answer did not pass the team's own checks." };
  return { status: JobOutcome.CANCELLED, errorMessage: "The customer no longer needed it." };
}
