import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { MemoryFS, PGlite } from "@electric-sql/pglite";
import { StartError } from "../../lib/start-error.js";
import "../keep-wasm-code.js";

const SETTINGS = {
  // All of it is taken from the system at the start. PGlite's own figure is 160 MB. What does not fit is read from the
  // files, which the system keeps in memory.
  shared_buffers: "32MB",
};

const startParams = [
  ...PGlite.defaultStartParams,
  ...Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
];

/** So many lines are kept of what PostgreSQL says. It ends a start that fails within a few. */
const LINES_MAX = 50;

/** Starts the embedded PostgreSQL on a folder that holds a database. Throws StartError if it holds no whole one. */
export async function startOnFolder(folder: string): Promise<PGlite> {
  const said: string[] = [];
  const onStderr = (line: string): boolean => said.length < LINES_MAX && said.push(line) > 0;
  try {
    return await PGlite.create(folder, { startParams, onStderr });
  } catch (error) {
    throw cannotBeStarted(folder, said, error);
  }
}

/** Starts it on a copy of such a folder, in memory. */
export function startInMemory(folder: string): Promise<PGlite> {
  return PGlite.create({ fs: new CopyInMemory(folder), startParams });
}

/** Files in memory that are, in the beginning, those of a folder. */
class CopyInMemory extends MemoryFS {
  constructor(private readonly folder: string) {
    super();
  }

  override async initialSyncFs(): Promise<void> {
    const files = this.pg?.Module.FS;
    if (!files) throw new Error("PGlite has no file system yet.");
    files.mkdirTree(PGlite.paths.PGDATA);
    for (const entry of readdirSync(this.folder, { recursive: true, withFileTypes: true })) {
      const { path, name } = placeOf(entry, this.folder);
      if (entry.isDirectory()) files.mkdirTree(name);
      else files.writeFile(name, readFileSync(path));
    }
  }
}

function placeOf(entry: Dirent, folder: string): { path: string; name: string } {
  const path = join(entry.parentPath, entry.name);
  return { path, name: `${PGlite.paths.PGDATA}/${relative(folder, path).split(sep).join("/")}` };
}

function cannotBeStarted(folder: string, said: string[], cause: unknown): StartError {
  const fatal = said.map((line) => /(?:FATAL|PANIC): +(.*)/.exec(line)?.[1]).find(Boolean);
  const reason = fatal ?? said[0] ?? String(cause);
  return new StartError(
    `The database in ${folder} cannot be started. PostgreSQL says: ${reason}. If its files cannot be restored, move the folder away. The next start then makes a new database.`,
    { cause },
  );
}
