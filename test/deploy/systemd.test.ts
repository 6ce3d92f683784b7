import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "../../src/config/config.js";
import { startContained } from "../kit/deploy/contained.js";
import { buildGateway } from "../kit/gateway/gateway-process.js";

const UNIT = readFileSync("deploy/systemd/tollgate.service", "utf8");
/** systemd's figure for how much a service could do, times ten: 100 is everything. */
const EXPOSURE_MAX = "20";

const settings = (name: string) =>
  [...UNIT.matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(([, value]) => value ?? "");
const setting = (name: string): string => settings(name).at(-1) ?? "";
const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

describe("the systemd unit", () => {
  beforeAll(buildGateway, 120_000);

  it.runIf(hasSystemd)("is one that systemd takes, and leaves the gateway little that it could do", () => {
    const folder = temporaryFolder();
    const path = join(folder, "tollgate.service");
    // systemd looks whether the program is there.
    writeFileSync(path, UNIT.replaceAll("/usr/bin/node", process.execPath).replaceAll("/opt/tollgate", resolve(".")));
    const analyze = (...args: string[]) => spawnSync("systemd-analyze", [...args, path], { encoding: "utf8" });
    const { status, stderr } = analyze("verify");
    // It also reads the other units of the machine, and may say something of those.
    expect(stderr.split("\n").filter((line) => line.includes("tollgate"))).toEqual([]);
    expect(status).toBe(0);
    expect(analyze("security", "--offline=true", "--no-pager", `--threshold=${EXPOSURE_MAX}`)).toMatchObject({
      status: 0,
    });
  });

  it("has a command that runs, and stops at SIGTERM", async () => {
    const folder = temporaryFolder();
    const env = Object.fromEntries(
      settings("Environment")
        .flatMap((line) => line.split(" "))
        .map((pair) => pair.split("=", 2)),
    );
    expect(env.DATA_DIR).toBe(`/var/lib/${setting("StateDirectory")}`);
    const [program, ...args] = setting("ExecStart").split(" ");
    expect(program).toBe("/usr/bin/node");
    const ofImage = /^CMD (.*)$/m.exec(readFileSync("Dockerfile", "utf8"))?.[1] ?? "";
    expect(["node", ...args]).toEqual(JSON.parse(ofImage));
    const gateway = await startContained({
      command: ["node", ...args],
      env: { ...env, DATA_DIR: join(folder, "state"), ADMIN_KEY: "sk-admin-of-the-unit", SIMULATED: "on" },
      cwd: resolve("."),
    });
    onTestFinished(() => gateway.kill());
    gateway.signal("SIGTERM");
    expect(await gateway.ended).toBe(0);
  });

  it("gives the gateway more time to stop than its calls have", () => {
    const seconds = Number(/^(\d+)s$/.exec(setting("TimeoutStopSec"))?.[1]);
    expect(seconds * 1_000).toBeGreaterThanOrEqual(readConfig({}).shutdownGraceMs + 10_000);
  });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-unit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
