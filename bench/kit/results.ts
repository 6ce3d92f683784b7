import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { checkoutsOf, type Options } from "./bench.js";
import { commitOf, type Machine } from "./machine.js";
import { MERCURIUS_VERSION } from "./mercurius.js";
import { PORTKEY_VERSION } from "./portkey.js";
import { type Findings, markdownOf } from "./report.js";

interface Measured {
  readonly findings: Findings;
  readonly options: Options;
  readonly machine: Machine;
}

interface Entry extends Measured {
  /** The commit of each checkout by its name. */
  readonly commits: Readonly<Record<string, string>>;
}

/** The last findings of each section. */
export type Results = Readonly<Record<string, Entry>>;

/** Returns the results in a file, or none if there is no such file. */
export async function readResults(file: string): Promise<Results> {
  const text = await readFile(file, "utf8").catch(() => "{}");
  return JSON.parse(text) as Results;
}

/** Writes the findings of one section to the file, and leaves the others in it. */
export async function writeResults(file: string, section: string, measured: Measured): Promise<void> {
  const commits = checkoutsOf(measured.options).map(({ name, folder }) => [name, commitOf(folder)] as const);
  const results = { ...(await readResults(file)), [section]: { ...measured, commits: Object.fromEntries(commits) } };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
}

const HEAD = `# Benchmarks

\`npm run bench -- --publish\` measures everything and writes this file. [bench/README.md](bench/README.md) says how to
measure a part of it. What counts is the ratios: both sides were measured in turn, in the same minutes, on the same cores.
The figures themselves say more about the machine. A ratio above 1 means more of it: better for requests a second, worse
for milliseconds.

Each section says how high the load average was before it. If it was above 1, the machine did something else as well: then
all milliseconds are longer than they need be, and processor time (CPU) is the steadier measure.`;

/** Writes BENCHMARKS.md anew from the results. */
export async function writeBenchmarks(results: Results, order: readonly string[]): Promise<void> {
  const published = await readFile("BENCHMARKS.md", "utf8").catch(() => "");
  await writeFile("BENCHMARKS.md", benchmarksOf(published, results, order));
}

/** Returns the text of BENCHMARKS.md. A section that has no results stays as it was published. */
export function benchmarksOf(published: string, results: Results, order: readonly string[]): string {
  const part = (heading: string, measured: (entry: Entry) => readonly string[]): string[] => [
    heading,
    ...order.flatMap((name) => {
      const entry = results[name];
      if (!entry) return publishedSection(published, heading, name);
      const texts = measured(entry);
      return texts.length > 0 ? [`### ${name}`, ...texts] : [];
    }),
  ];
  const ratios = part("## Ratios", ({ findings }) => findings.ratios.map(markdownOf));
  const figures = part("## Figures", (entry) => [
    entry.findings.how,
    madeBy(entry),
    ...entry.findings.figures.map(markdownOf),
    ...entry.findings.problems.map((problem) => `Not measured: ${problem}.`),
  ]);
  return `${[HEAD, ...ratios, ...figures].join("\n\n")}\n`;
}

function publishedSection(published: string, heading: string, name: string): string[] {
  const part = published.split(/^(?=## )/m).find((text) => text.startsWith(`${heading}\n`));
  const section = part?.split(/^(?=### )/m).find((text) => text.startsWith(`### ${name}\n`));
  return section ? [section.trimEnd()] : [];
}

const madeBy = ({ machine, commits }: Entry): string =>
  `${Object.entries(commits)
    .map(([name, commit]) => `${name} at ${commit}`)
    .join(
      ", ",
    )}, Portkey ${PORTKEY_VERSION}, Mercurius ${MERCURIUS_VERSION}; ${machine.at.slice(0, 16)} UTC; ${machine.text}.`;
