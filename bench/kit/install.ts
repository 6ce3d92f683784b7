import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

interface Packages {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Packages in a folder of their own, which is there only for this run. */
export interface Installed {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Installs packages from the npm registry into a temporary folder. Nothing of it is committed or runs at installation. */
export async function install({ dependencies, overrides = {} }: Packages): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), "bench-peer-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, dependencies, overrides }));
    await promisify(execFile)("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder });
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
