import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataDirInUse, lockDataDir } from "../../src/db/embedded/data-dir-lock.js";

const CLAIMANT = new URL("../kit/database/lock-claimant.ts", import.meta.url).pathname;
const NAMESPACE = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"] as const;
const mayUnshare = spawnSync(NAMESPACE[0], [...NAMESPACE.slice(1), "true"]).status === 0;

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

/** Another process that claims the directory when it is told to, and says what came of it. */
class OtherProcess {
  private constructor(
    private readonly child: ChildProcess & { stdin: NodeJS.WritableStream },
    private readonly lines: AsyncIterator<string>,
  ) {}

  static async start(prefix: readonly string[] = []): Promise<OtherProcess> {
    const command = [...prefix, process.execPath, "--import", "tsx", CLAIMANT, dataDir];
    const child = spawn(command[0] as string, command.slice(1), { stdio: ["pipe", "pipe", "inherit"] });
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe("ready");
    return new OtherProcess(child, lines);
  }

  async say(word: "lock" | "unlock"): Promise<string> {
    this.child.stdin.write(`${word}\n`);
    return (await this.lines.next()).value;
  }

  stop(): void {
    this.child.kill("SIGSTOP");
  }

  /** As if the machine had failed: without giving anything back. */
  die(): Promise<void> {
    return kill(this.child);
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

const IN_USE = /is in use by another process/;

describe("a data directory", { timeout: 60_000 }, () => {
  it("is made if it does not exist, and can be claimed again after its release", async () => {
    await (await lockDataDir(dataDir))();
    const unlock = await lockDataDir(dataDir);
    expect(readdirSync(dataDir)).toEqual(["tollgate.lock.2"]);
    await unlock();
  });

  it("is refused while another process has it, and free once it is given back", async () => {
    const other = await OtherProcess.start();
    expect(await other.say("lock")).toBe("done");
    await expect(lockDataDir(dataDir)).rejects.toThrow(DataDirInUse);
    await expect(lockDataDir(dataDir)).rejects.toThrow(`DATA_DIR ${dataDir} is in use by another process`);
    expect(readdirSync(dataDir)).toEqual(["tollgate.lock.1"]);
    expect(await other.say("unlock")).toBe("done");
    const unlock = await lockDataDir(dataDir);
    expect(await other.say("lock")).toMatch(IN_USE);
    await unlock();
  });

  it("is taken over from a process that was killed, and not from one that is stopped", async () => {
    const other = await OtherProcess.start();
    expect(await other.say("lock")).toBe("done");
    other.stop();
    // More than a socket lets wait.
    for (let claims = 0; claims < 600; claims++) await expect(lockDataDir(dataDir)).rejects.toThrow(IN_USE);
    await other.die();
    await (await lockDataDir(dataDir))();
  });

  it.skipIf(!mayUnshare && !process.env.CI)(
    "is refused to a process that sees no other, as in a container",
    async () => {
      const owner = await OtherProcess.start();
      expect(await owner.say("lock")).toBe("done");
      const others = await Promise.all([OtherProcess.start(NAMESPACE), OtherProcess.start(NAMESPACE)]);
      for (const other of others) expect(await other.say("lock")).toMatch(IN_USE);
      await owner.die();
      const said = await Promise.all(others.map((other) => other.say("lock")));
      expect(said.filter((line) => line === "done")).toHaveLength(1);
      expect(said.filter((line) => IN_USE.test(line))).toHaveLength(1);
    },
  );

  it("belongs to exactly one of 20 processes that claim it at once, again and again", async () => {
    const others = await Promise.all(Array.from({ length: 20 }, () => OtherProcess.start()));
    for (let round = 0; round < 5; round++) {
      const said = await Promise.all(others.map((other) => other.say("lock")));
      expect(said.filter((line) => line === "done")).toHaveLength(1);
      expect(said.filter((line) => IN_USE.test(line))).toHaveLength(19);
      const owner = others[said.indexOf("done")];
      if (round % 2 === 0) await owner?.say("unlock");
      else {
        await owner?.die();
        others.splice(said.indexOf("done"), 1, await OtherProcess.start());
      }
    }
  });

  it("is free if it comes from a backup of a directory in use, as a socket or as a file", async () => {
    const unlock = await lockDataDir(dataDir);
    const copy = join(folder, "copy");
    spawnSync("cp", ["-a", dataDir, copy]);
    expect(readdirSync(copy)).toEqual(["tollgate.lock.1"]);
    await (await lockDataDir(copy))();
    const file = join(folder, "file");
    mkdirSync(file);
    writeFileSync(join(file, "tollgate.lock.7"), "");
    await (await lockDataDir(file))();
    expect(readdirSync(file)).toEqual(["tollgate.lock.8"]);
    await unlock();
  });

  it("may have a path that is longer than the address of a socket", async () => {
    dataDir = join(folder, "long".repeat(50), "data");
    const other = await OtherProcess.start();
    expect(await other.say("lock")).toBe("done");
    await expect(lockDataDir(dataDir)).rejects.toThrow(IN_USE);
    await other.die();
    await (await lockDataDir(dataDir))();
  });

  it("is refused if it cannot hold a lock, with the reason", async () => {
    await expect(lockDataDir("/proc/self")).rejects.toThrow(
      /^DATA_DIR \/proc\/self could not be locked: E[A-Z]+\. The lock/,
    );
  });

  it("is refused while a process of version 0.1.0 has it, and taken over from one that has ended", async () => {
    const other = await OtherProcess.start();
    await (await lockDataDir(dataDir))();
    const pidFile = join(dataDir, "tollgate.pid");
    const { pid = 0 } = children[0] as ChildProcess;
    const ticks = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19];
    writeFileSync(pidFile, `${pid} ${ticks}\n`);
    await expect(lockDataDir(dataDir)).rejects.toThrow(`is in use by process ${pid}.`);
    await other.die();
    for (const text of [`${pid} ${ticks}\n`, `${process.ppid} 1\n`, "", "no number\n", "-1 2\n"]) {
      writeFileSync(pidFile, text);
      await (await lockDataDir(dataDir))();
      expect(readdirSync(dataDir)).not.toContain("tollgate.pid");
    }
  });
});
