import type { App, Overrides } from "../../src/app.js";
import type { Config } from "../../src/config/config.js";
import type { Logger } from "../../src/lib/log.js";
import { stop } from "../../src/stop.js";
import { ADMIN, ORGANIZATION, TEAMS } from "./example-world.js";
import { openSeedDatabase } from "./open-seed-database.js";
import { type SeededTeam, seedAccounts } from "./seed-accounts.js";
import { SeedClock } from "./seed-clock.js";
import { DAY_MS, seedDay } from "./seed-day.js";
import { SeedModel } from "./seed-model.js";

export interface SeedOptions {
  /** How many days of work there are, the last of them until `now`. */
  readonly days: number;
  readonly now: Date;
  readonly log: Logger;
  /** It is handed in, because app.ts must be loaded after reflect-metadata. */
  readonly createApp: (config: Config, overrides: Overrides) => Promise<App>;
  readonly say: (line: string) => void;
}

/**
 * Fills the configured database with the example world, and returns what it says of it. A world that is there already is
 * carried on from its last day until now. The work of a day is the same each time, and is done once.
 */
export async function seedExample(config: Config, options: SeedOptions): Promise<string> {
  const { now, log, createApp, say } = options;
  const database = await openSeedDatabase(config, log);
  const clock = await SeedClock.start(database);
  const model = new SeedModel(clock);
  const app = await createApp(config, { database, clock, provider: model, log });
  try {
    const first = await firstDay(app, options);
    await clock.moveTo(first);
    const teams = await seedAccounts(app);
    for (let day = first; day < now; day = new Date(day.getTime() + DAY_MS)) {
      const jobs = await seedDay({ app, clock, model, teams }, day, now);
      say(`  ${day.toISOString().slice(0, 10)}  ${jobs} jobs`);
    }
    return textOf(teams);
  } finally {
    await clock.end();
    await stop({ app });
  }
}

/** The day of the newest job of the world. If there is none, the first day of the world. */
async function firstDay({ services }: App, { days, now }: SeedOptions): Promise<Date> {
  const teamIds = TEAMS.map(({ id }) => id);
  const { rows } = await services.jobs.list(ADMIN, { first: 1, filter: { teamIds } });
  const [newest] = rows;
  return midnightOf(newest ? newest.createdAt : new Date(now.getTime() - (days - 1) * DAY_MS));
}

const midnightOf = (time: Date): Date => new Date(Math.floor(time.getTime() / DAY_MS) * DAY_MS);

function textOf(teams: readonly SeededTeam[]): string {
  const keys = teams.filter(({ secret }) => secret !== undefined);
  const shown = keys.map(({ team, secret }) => `  ${team.id.padEnd(20)} ${secret}`).join("\n");
  return keys.length === 0
    ? `The organization "${ORGANIZATION.id}" was there already. Its work goes on until now.`
    : `The organization "${ORGANIZATION.id}" has ${TEAMS.length} teams. Their keys are shown only now:\n\n${shown}\n\nStart the gateway with \`npm start\`, and look at what they did.`;
}
