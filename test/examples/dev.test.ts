import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { seedWorld } from "../../scripts/seed-world.js";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { runProgram } from "../kit/gateway/run-program.js";

describe("the world of the development server", () => {
  const gateway = useGateway();

  it("comes into an empty database, once, with commands that work", async () => {
    const text = (await seedWorld(gateway.url, gateway.app.config)) ?? "";
    const [query = "", stream = ""] = text.split("to try:\n")[1]?.trim().split("\n\n") ?? [];
    const { jobs } = JSON.parse((await runProgram(["sh", "-c", query])).stdout).data;
    expect(jobs.nodes).toMatchObject([
      { jobType: "unfinished", status: "PENDING" },
      { jobType: "question", status: "COMPLETED", costs: { totalCalls: 2 } },
    ]);
    expect((await runProgram(["sh", "-c", stream])).stdout).toContain('"status":"SUCCEEDED"');
    expect(await seedWorld(gateway.url, gateway.app.config)).toBeUndefined();
  });
});

describe("npm run dev", () => {
  it("starts a gateway, says what its world has, and ends with it", async () => {
    // A new embedded database takes seconds to make.
    const databaseUrl = hasPostgres() ? await createPostgresUrl() : "";
    const env = { PORT: "0", DATA_DIR: "memory", DATABASE_URL: databaseUrl, SIMULATED: "on", SIMULATED_TOKEN_MS: "0" };
    const server = spawn(process.execPath, ["--import", "tsx", "scripts/dev.ts"], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void server.kill());
    const ended = once(server, "exit");
    const lines: string[] = [];
    for await (const line of createInterface({ input: server.stdout })) {
      lines.push(line);
      if (line.includes("TOLLGATE_KEY=")) server.kill("SIGTERM");
    }
    expect(await ended).toEqual([0, null]);
    expect(lines).toContain("Tollgate is listening.");
    // A line of the log may be written after it.
    expect(lines.findLastIndex((line) => line.startsWith("SIGTERM"))).toBeGreaterThan(
      lines.findIndex((line) => line.includes("TOLLGATE_KEY=")),
    );
  }, 120_000);
});
