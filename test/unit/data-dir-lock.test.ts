import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataDirInUse, lockDataDir } from "../../src/db/data-dir-lock.js";

let folder: string;
let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tollgate-lock-"));
  dataDir = join(folder, "data");
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  rmSync(folder, { recursive: true });
});

const lockFile = () => join(dataDir, "tollgate.pid");

/** Another process that claims the directory when it is told to, and says what came of it. */
class OtherProcess {
  private readonly lines: AsyncIterator<string>;

  constructor(private readonly child: ChildProcess & { stdout: NodeJS.ReadableStream; stdin: NodeJS.WritableStream }) {
    children.push(child);
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  get pid(): number {
    return Number(this.child.pid);
  }

  async say(word: "lock" | "unlock"): Promise<string> {
    this.child.stdin.write(`${word}\n`);
    const { value } = await this.lines.next();
    return value;
  }

  /** As if the machine had failed: without giving anything back. */
  die(): Promise<void> {
    return kill(this.child);
  }
}

function startOtherProcess(): OtherProcess {
  const source = JSON.stringify(new URL("../../src/db/data-dir-lock.ts", import.meta.url).href);
  const script = `
    import { createInterface } from "node:readline";
    const { lockDataDir } = await import(${source});
    let unlock;
    for await (const word of createInterface({ input: process.stdin })) {
      try {
        if (word === "lock") unlock = lockDataDir(${JSON.stringify(dataDir)});
        else unlock();
        console.log("done");
      } catch (error) {
        console.log(error.message);
      }
    }`;
  const parameters = ["--import", "tsx", "--input-type=module", "--eval", script];
  return new OtherProcess(spawn(process.execPath, parameters, { stdio: ["pipe", "pipe", "inherit"] }));
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

describe("a data directory", () => {
  it("is made if it does not exist, and claimed with the id of the process", () => {
    lockDataDir(dataDir);
    expect(readFileSync(lockFile(), "utf8")).toMatch(new RegExp(`^${process.pid} \\d*\\n$`));
    expect(readdirSync(dataDir)).toEqual(["tollgate.pid"]);
  });

  it("is given back on release, and can be claimed again", () => {
    const unlock = lockDataDir(dataDir);
    unlock();
    expect(readdirSync(dataDir)).toEqual([]);
    lockDataDir(dataDir)();
  });

  it("is refused while another process has it, naming that process, and free once it is given back", async () => {
    const other = startOtherProcess();
    expect(await other.say("lock")).toBe("done");
    const claim = readFileSync(lockFile(), "utf8");
    expect(() => lockDataDir(dataDir)).toThrow(DataDirInUse);
    expect(() => lockDataDir(dataDir)).toThrow(`DATA_DIR ${dataDir} is in use by process ${other.pid}.`);
    expect(readFileSync(lockFile(), "utf8")).toBe(claim);
    expect(readdirSync(dataDir)).toEqual(["tollgate.pid"]);

    expect(await other.say("unlock")).toBe("done");
    lockDataDir(dataDir);
    expect(await other.say("lock")).toMatch(`DATA_DIR ${dataDir} is in use by process ${process.pid}.`);
  });

  it("is taken over from a process that died", async () => {
    const other = startOtherProcess();
    expect(await other.say("lock")).toBe("done");
    await other.die();
    lockDataDir(dataDir);
    expect(readFileSync(lockFile(), "utf8")).toMatch(new RegExp(`^${process.pid} `));
  });

  it("is taken over if the process id now belongs to a process that started at another time", async () => {
    const other = startOtherProcess();
    await other.say("lock");
    const claim = readFileSync(lockFile(), "utf8");
    expect(claim, "this test needs /proc").toMatch(/^\d+ \d+\n$/);
    writeFileSync(lockFile(), `${other.pid} 1\n`);
    lockDataDir(dataDir);
    expect(readFileSync(lockFile(), "utf8")).toMatch(new RegExp(`^${process.pid} `));
  });

  it.each(["", "no number\n", "-1 2\n", "0\n"])("is taken over if the file says %j", async (text) => {
    lockDataDir(dataDir)();
    writeFileSync(lockFile(), text);
    lockDataDir(dataDir);
    expect(readFileSync(lockFile(), "utf8")).toMatch(new RegExp(`^${process.pid} `));
  });
});
