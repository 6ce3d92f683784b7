import { readFileSync } from "node:fs";

export interface Instruction {
  /** In capitals, such as COPY. */
  readonly keyword: string;
  /** Such as { from: "build" }. */
  readonly flags: Readonly<Record<string, string>>;
  /** What stands behind the flags. Lines that go on are one line here. */
  readonly text: string;
}

export interface Stage {
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** Reads the stages of a Dockerfile, in order. What stands before the first one, such as ARG, is left out. */
export function readDockerfile(path = "Dockerfile"): Stage[] {
  const text = readFileSync(path, "utf8")
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n\s*/g, "");
  const stages: { name: string; instructions: Instruction[] }[] = [];
  for (const line of text.split("\n").filter(Boolean)) {
    const instruction = readInstruction(line);
    if (instruction.keyword === "FROM")
      stages.push({ name: / AS (\S+)$/i.exec(instruction.text)?.[1] ?? "final", instructions: [] });
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

function readInstruction(line: string): Instruction {
  const [, keyword = "", flags = "", text = ""] = /^(\w+)((?: +--\S+)*) +(.*)$/.exec(line) ?? [];
  const pairs = [...flags.matchAll(/--([\w-]+)=(\S+)/g)].map(([, name, value]) => [name, value]);
  return { keyword: keyword.toUpperCase(), flags: Object.fromEntries(pairs), text };
}

/** The text of the last instruction of a kind, which is the one that counts. */
export function lastOf({ instructions }: Stage, keyword: string): string {
  const found = instructions.filter((instruction) => instruction.keyword === keyword).at(-1);
  if (!found) throw new Error(`The Dockerfile has no ${keyword}.`);
  return found.text;
}

/** The variables of all ENV instructions of a stage. */
export function variablesOf({ instructions }: Stage): Record<string, string> {
  const pairs = instructions.filter(({ keyword }) => keyword === "ENV").flatMap(({ text }) => text.split(/ +/));
  return Object.fromEntries(pairs.map((pair) => pair.split("=", 2)));
}
