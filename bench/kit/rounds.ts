import { median } from "./figures.js";
import type { Row } from "./report.js";

/** The figures of one measure. */
export type Sample = Readonly<Record<string, number>>;

/** One measure of one system. */
export interface Contest {
  readonly labels: readonly string[];
  measure(): Promise<Sample>;
}

/**
 * Takes each measure once in each round, so that whatever the machine does meanwhile meets all of them, and returns their
 * medians. The first round warms up and is not counted. A measure that fails has no figures, and its reason is added to
 * the problems.
 */
export async function inRounds(rounds: number, contests: readonly Contest[], problems: string[]): Promise<Row[]> {
  const samples = new Map<Contest, Sample[]>(contests.map((contest) => [contest, []]));
  for (let round = 0; round <= rounds; round++) {
    let done = 0;
    for (const [contest, taken] of samples) {
      done += 1;
      progress(`round ${round} of ${rounds}, ${done} of ${samples.size}: ${contest.labels.join(", ")}`);
      const sample = await attempt(contest, problems, () => samples.delete(contest));
      if (sample && round > 0) taken.push(sample);
    }
  }
  progress("");
  return contests.map((contest) => ({ labels: contest.labels, figures: medians(samples.get(contest) ?? []) }));
}

/**
 * Takes all measures at the same time in each round, and returns their medians. So what the machine does meets all of them
 * in the same moment, and small differences can be seen. The measures must leave each other room.
 */
export async function sideBySide(rounds: number, contests: readonly Contest[], problems: string[]): Promise<Row[]> {
  const samples = contests.map((): Sample[] => []);
  for (let round = 0; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}: ${contests.length} measures side by side`);
    const taken = await Promise.all(contests.map((contest) => attempt(contest, problems, () => {})));
    for (const [index, sample] of taken.entries()) if (sample && round > 0) samples[index]?.push(sample);
  }
  progress("");
  return contests.map(({ labels }, index) => ({ labels, figures: medians(samples[index] ?? []) }));
}

async function attempt(contest: Contest, problems: string[], giveUp: () => void): Promise<Sample | undefined> {
  try {
    return await contest.measure();
  } catch (error) {
    giveUp();
    problems.push(`${contest.labels.join(", ")}: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
    return undefined;
  }
}

/** Returns the median of each figure. */
export function medians(samples: readonly Sample[]): Record<string, number | null> {
  const keys = Object.keys(samples[0] ?? {});
  return Object.fromEntries(
    keys.map((key) => {
      const value = median(samples.map((sample) => sample[key] ?? Number.NaN));
      return [key, Number.isFinite(value) ? value : null];
    }),
  );
}

/** Says what is going on, on one line of the terminal that the next call writes over. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  else if (text) process.stderr.write(`  ${text}\n`);
}
