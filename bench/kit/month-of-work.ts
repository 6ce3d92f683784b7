import { Client } from "pg";
import { addRandomWork } from "../../test/kit/usage/random-work.js";
import type { Bench, Checkout } from "./bench.js";
import type { BenchPostgres } from "./postgres.sql.js";
import { progress } from "./rounds.js";
import type { Tollgate } from "./tollgate.js";

export const DAYS = 30;
export const TEAMS = 40;
const JOBS = 25_000;
const MILLION_JOBS = 250_000;

/** How many jobs a month has, with about four calls each. */
export const jobsOfMonth = ({ options }: Bench): number => (options.million ? MILLION_JOBS : JOBS);

interface Month {
  readonly tollgate: Tollgate;
  /** Whoever gets it ends it. */
  readonly client: Client;
  /** The end of the month. */
  readonly now: Date;
}

/** Starts a gateway of a checkout on a PostgreSQL database with a month of random work, which is not counted yet. */
export async function monthOfWork(bench: Bench, checkout: Checkout, postgres: BenchPostgres): Promise<Month> {
  const { tollgate, url } = await bench.onPostgres(checkout, await bench.upstream(), postgres);
  const client = new Client({ connectionString: url });
  await client.connect();
  progress(`filling and counting for ${checkout.name}`);
  const now = new Date();
  await addRandomWork(client, { jobs: jobsOfMonth(bench), days: DAYS, until: now, organizations: 8, teams: TEAMS });
  return { tollgate, client, now };
}
