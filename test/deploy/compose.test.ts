import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "../../src/config/config.js";
import { Metrics } from "../kit/clients/metrics.js";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { composeErrorsOf, readCompose, requiredVariables, usedVariables } from "../kit/deploy/compose.js";
import { runContained, startContained } from "../kit/deploy/contained.js";
import { lastOf, readDockerfile, type Stage } from "../kit/deploy/dockerfile.js";
import { freePort } from "../kit/free-port.js";
import { buildGateway } from "../kit/gateway/gateway-process.js";
import { runProgram } from "../kit/gateway/run-program.js";
import { startUpstream } from "../kit/upstream/upstream.js";

const SECRETS = {
  ADMIN_KEY: "sk-admin-of-compose",
  POSTGRES_PASSWORD: "secret",
  LITELLM_MASTER_KEY: "sk-litellm",
  OPENAI_API_KEY: "sk-openai",
};
const services = readCompose(SECRETS);
const GATEWAYS = ["gateway-1", "gateway-2"];
const image = readDockerfile().at(-1) as Stage;
const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

describe("docker-compose.yml", () => {
  it.each(Object.keys(services))(
    "has a service %s by the Compose specification, which may gain nothing and logs little",
    (name) => {
      const service = services[name];
      expect(composeErrorsOf(service ?? {})).toEqual([]);
      expect(service?.security_opt).toEqual(["no-new-privileges:true"]);
      expect(service?.logging).toMatchObject({ options: { "max-size": "10m", "max-file": "5" } });
    },
  );

  it("would fail that check with a misspelled field", () => {
    expect(composeErrorsOf({ ...services.nginx, read_onyl: true })).toMatchObject([
      { params: { additionalProperty: "read_onyl" } },
    ]);
  });

  it("names the secrets that are missing, which are those that .env.example lists for it, and passes all of .env on", () => {
    const listed = readFileSync(".env.example", "utf8").split("For docker-compose.yml only")[1] ?? "";
    const names = [...listed.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
    expect([...requiredVariables().keys()].sort()).toEqual(["ADMIN_KEY", ...names].sort());
    expect([...usedVariables()].sort()).toEqual([...requiredVariables().keys()].sort());
    for (const [name, message] of requiredVariables()) expect(message).toContain(`set ${name} in .env`);
    for (const name of GATEWAYS) expect(services[name]?.env_file).toBe(".env");
  });

  it("keeps what the gateways do not need from them, and everything but nginx and LiteLLM inside", () => {
    for (const name of GATEWAYS)
      expect(services[name]?.environment).toMatchObject({
        POSTGRES_PASSWORD: "",
        LITELLM_MASTER_KEY: "",
      });
    const published = Object.entries(services).flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]));
    expect(published).toEqual([
      ["nginx", "127.0.0.1:8003:8080"],
      ["litellm", "127.0.0.1:8002:4000"],
    ]);
    for (const name of [...GATEWAYS, "migrate", "nginx", "redis"])
      expect(services[name], name).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
  });

  it("lets the gateways read a file of upstreams by the path that it has outside", () => {
    for (const name of GATEWAYS) expect(services[name]?.volumes).toEqual(["./deploy:/app/deploy:ro"]);
    expect(lastOf(image, "WORKDIR")).toBe("/app");
  });

  it("migrates once before the gateways start, which do not, and nginx waits for both", () => {
    const { migrate } = services;
    expect(migrate).toMatchObject({ command: ["node", "dist/main.js", "--migrate"], restart: "no" });
    expect(migrate?.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
    for (const name of GATEWAYS) {
      expect(services[name]?.environment?.MIGRATE_ON_START).toBe("false");
      expect(services[name]?.depends_on).toMatchObject({ migrate: { condition: "service_completed_successfully" } });
      expect(services.nginx?.depends_on?.[name]).toEqual({ condition: "service_healthy" });
    }
    const graceMs = Number.parseInt(services["gateway-1"]?.stop_grace_period, 10) * 1_000;
    expect(graceMs).toBeGreaterThanOrEqual(readConfig({}).shutdownGraceMs + 10_000);
  });

  it("gives nginx the files of deploy/nginx, which name its port and the gateways", () => {
    const { nginx } = services;
    const [from = "", to] = nginx?.volumes?.[0]?.split(":") ?? [];
    expect(nginx?.command).toEqual(["nginx", "-c", `${to}/nginx.conf`]);
    expect(readFileSync(join(from, "nginx.conf"), "utf8")).toContain("listen 8080;");
    const list = readFileSync(join(from, "gateways.conf"), "utf8");
    expect([...list.matchAll(/^server ([\w-]+):8003 resolve/gm)].map(([, name]) => name)).toEqual(GATEWAYS);
    expect(readFileSync("deploy/upgrade.sh", "utf8")).toContain(`gateways="${GATEWAYS.join(" ")}"`);
    expect(existsSync(services.litellm?.volumes?.[0]?.split(":")[0] ?? "")).toBe(true);
  });

  it.runIf(hasRedis)("starts Redis with a command that works, writes nothing and bounds its memory", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tollgate-redis-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const port = String(await freePort());
    const [program = "", ...args] = services.redis?.command ?? [];
    const child = spawn(program, [...args, "--port", port, "--bind", "127.0.0.1"], { cwd: folder, stdio: "ignore" });
    const ended = once(child, "exit");
    onTestFinished(async () => {
      child.kill("SIGKILL");
      await ended;
    });
    const redisCli = async (...words: string[]) =>
      (await runProgram(["redis-cli", "-p", port, ...words])).stdout.trim();
    const [, , ...ping] = services.redis?.healthcheck?.test ?? [];
    await expect.poll(() => redisCli(...ping)).toBe("PONG");
    expect(await redisCli("CONFIG", "GET", "maxmemory")).toContain(String(256 * 1024 * 1024));
    expect(await redisCli("CONFIG", "GET", "maxmemory-policy")).toContain("volatile-ttl");
    await redisCli("SET", "key", "value");
    await redisCli("SHUTDOWN");
    await ended;
    expect(existsSync(join(folder, "dump.rdb"))).toBe(false);
  });
});

describe.runIf(hasPostgres())("a gateway of docker-compose.yml, as a process", () => {
  beforeAll(buildGateway, 120_000);

  it("starts with the image's command and compose's environment once the service migrate has run, and not before", async () => {
    const upstream = await startUpstream();
    onTestFinished(() => upstream.close());
    const { environment = {}, healthcheck } = services["gateway-1"] ?? {};
    expect(environment.UPSTREAM_URL).toBe("http://litellm:4000/v1");
    expect(environment.DATABASE_URL).toBe("postgresql://tollgate:secret@postgres:5432/tollgate");
    // The neighbours of the container are those of the test, which has no Redis.
    const neighbours = { DATABASE_URL: await createPostgresUrl(), UPSTREAM_URL: upstream.url, REDIS_URL: "" };
    const env = { ...environment, ...neighbours, METRICS_PORT: `${await freePort()}` };
    const of = {
      command: JSON.parse(lastOf(image, "CMD")) as string[],
      env,
      cwd: resolve("."),
    };
    await expect(startContained(of)).rejects.toThrow("migrations");
    expect(await runContained({ ...of, command: services.migrate?.command ?? [] })).toBe(0);
    const gateway = await startContained(of);
    onTestFinished(() => gateway.kill());
    const metrics = await Metrics.of(`http://127.0.0.1:${env.METRICS_PORT}`);
    expect(metrics.sum("tollgate_up", { part: "database" })).toBe(1);
    const [kind, ...check] = healthcheck?.test ?? [];
    expect(kind).toBe("CMD");
    const healthOf = () =>
      runContained({ ...of, command: check.map((word) => word.replace(":8003", `:${new URL(gateway.url).port}`)) });
    expect(await healthOf()).toBe(0);
    gateway.signal("SIGTERM");
    expect(await gateway.ended).toBe(0);
    expect(await healthOf()).toBe(1);
  });
});
