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

/** Writes BENCHMARKS.md from the results. */
export async function writeBenchmarks(results: Results, order: readonly string[]): Promise<void> {
  const known = order.flatMap((name) => (results[name] ? [[name, results[name]] as const] : []));
  const ratios = known.flatMap(([name, { findings }]) =>
    findings.ratios.length > 0 ? [`### ${name}`, ...findings.ratios.map(markdownOf)] : [],
  );
  const figures = known.flatMap(([name, entry]) => [
    `### ${name}`,
    entry.findings.how,
    madeBy(entry),
    ...entry.findings.figures.map(markdownOf),
    ...entry.findings.problems.map((problem) => `Not measured: ${problem}.`),
  ]);
  await writeFile("BENCHMARKS.md", `${[HEAD, "## Ratios", ...ratios, "## Figures", ...figures].join("\n\n")}\n`);
}

const madeBy = ({ machine, commits }: Entry): string =>
  `${Object.entries(commits)
    .map(([name, commit]) => `${name} at ${commit}`)
    .join(
      ", ",
    )}, Portkey ${PORTKEY_VERSION}, Mercurius ${MERCURIUS_VERSION}; ${machine.at.slice(0, 16)} UTC; ${machine.text}.`;
