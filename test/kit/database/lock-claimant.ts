import { createInterface } from "node:readline";
import { lockDataDir } from "../../../src/db/embedded/data-dir-lock.js";

// A process that claims the directory that it is given, when it is told to, and says what came of it.
const dataDir = process.argv[2] ?? "";
let unlock: () => Promise<void> = async () => undefined;
process.stdout.write("ready\n");
for await (const word of createInterface({ input: process.stdin })) {
  try {
    if (word === "lock") unlock = await lockDataDir(dataDir);
    else await unlock();
    process.stdout.write("done\n");
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}
