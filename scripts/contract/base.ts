import { spawnSync } from "node:child_process";
import { CONTRACT_FILES, type Contract } from "./contract.js";

/** A commit that the contract is compared with. */
export interface Base {
  readonly commit: string;
  /** Such as "the tag v0.1.0". */
  readonly description: string;
}

/**
 * Finds the commit that the contract is compared with. It is the last tag. If there is no tag, it is the commit at
 * which the branch left main, or on main itself the commit before. Returns null if the clone has none of these, such as
 * a shallow one.
 */
export function findBase(repository: string): Base | null {
  const git = (...args: string[]) => run(repository, args)?.trim() || null;
  const tag = git("describe", "--tags", "--abbrev=0");
  if (tag) return baseAt(git("rev-parse", `${tag}^{commit}`), `the tag ${tag}`);
  const head = git("rev-parse", "HEAD");
  for (const main of ["origin/main", "main"]) {
    const tip = git("rev-parse", "--verify", "--quiet", `${main}^{commit}`);
    if (!tip) continue;
    // A shallow clone may not reach back to the common commit. Then the tip of main is the next best.
    const left = git("merge-base", "HEAD", tip) ?? tip;
    if (left !== head) return baseAt(left, `${main}, where this branch left it`);
    return baseAt(git("rev-parse", "--verify", "--quiet", "HEAD^1"), `the commit before, since this is ${main}`);
  }
  return null;
}

/** Returns the contract as it was at a commit. */
export function contractAt(repository: string, { commit }: Base): Contract {
  const show = (file: string) => run(repository, ["show", `${commit}:${file}`]);
  return { graphql: show(CONTRACT_FILES.graphql), openApi: show(CONTRACT_FILES.openApi) };
}

const baseAt = (commit: string | null, description: string): Base | null =>
  commit === null ? null : { commit, description };

/** Returns what git prints, or null if it fails. */
function run(repository: string, args: string[]): string | null {
  const { status, stdout, error } = spawnSync("git", args, { cwd: repository, encoding: "utf8", maxBuffer: 2 ** 26 });
  if (error) throw error;
  return status === 0 ? stdout : null;
}
