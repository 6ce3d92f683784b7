import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createPostgresUrl, hasPostgres } from "../kit/database/database.js";
import { type Contained, type ContainedGateway, runContained, startContained } from "../kit/deploy/contained.js";
import { lastOf, type Stage, variablesOf } from "../kit/deploy/dockerfile.js";
import { hasFile, ImageBuild } from "../kit/deploy/image-build.js";
import { runProgram } from "../kit/gateway/run-program.js";
import { hasRedis, startRedis } from "../kit/redis.js";
import { OtlpReceiver } from "../kit/telemetry/otlp-receiver.js";

const ADMIN_KEY = "sk-admin-of-the-image";
/** What the image may weigh beside Node, in MB. It was 242 before what is never read was left out. */
const COPIED_MB_MAX = 150;

describe("the Dockerfile's steps, in order, with the build's packages linked instead of installed", {
  timeout: 120_000,
}, () => {
  let folder: string;
  let root: string;
  let image: Stage;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tollgate-image-"));
    ({ image, root } = new ImageBuild(folder).run());
    for (const path of [folder, root]) chmodSync(path, 0o755);
    mkdirSync(join(root, "tmp"));
    chmodSync(join(root, "tmp"), 0o1777);
    if (process.getuid?.() !== 0) execFileSync("chmod", ["-R", "a-w", join(root, "app")]);
  });
  afterAll(() => {
    execFileSync("chmod", ["-R", "u+w", folder]);
    rmSync(folder, { recursive: true });
  });

  const contained = (env: Readonly<Record<string, string>>): Contained => ({
    command: JSON.parse(lastOf(image, "CMD")) as string[],
    env: {
      ...variablesOf(image),
      DATA_DIR: join(root, variablesOf(image).DATA_DIR as string),
      TMPDIR: join(root, "tmp"),
      ADMIN_KEY,
      SIMULATED: "on",
      SIMULATED_TOKEN_MS: "2",
      ...env,
    },
    cwd: join(root, "app"),
    user: lastOf(image, "USER"),
  });
  /** What Docker runs to learn whether the container is healthy. */
  const healthOf = ({ env }: Pick<ContainedGateway, "env">) =>
    runContained({ ...contained(env), command: JSON.parse(lastOf(image, "HEALTHCHECK").replace(/^CMD /, "")) });

  it.for([
    ["its own database in /data", async (): Promise<string> => ""],
    ["PostgreSQL", createPostgresUrl],
  ] as const)(
    "make a gateway that serves everything on %s, as a user that can write to /data and /tmp only",
    async ([kind, databaseUrl], { skip }) => {
      if (kind === "PostgreSQL" && !hasPostgres()) skip();
      const gateway = await startContained(contained({ DATABASE_URL: await databaseUrl() }));
      try {
        const demo = await runProgram(
          ["npx", "tsx", "examples/demo/main.ts", "--url", gateway.url, "--admin-key", ADMIN_KEY],
          { CI: "true" },
        );
        expect(demo, demo.stdout + demo.stderr + gateway.output()).toMatchObject({ code: 0 });
        for (const path of [
          "/graphiql",
          "/graphiql/assets/main.js",
          "/docs",
          "/docs/static/swagger-ui-bundle.js",
          "/console",
        ])
          expect((await fetch(gateway.url + path)).status, path).toBe(200);
        const tools = await fetch(`${gateway.url}/mcp`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${ADMIN_KEY}`,
            "content-type": "application/json",
            accept: "application/json, text/event-stream",
          },
          body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
        });
        expect(await tools.text()).toContain('"name":"run_call"');
        expect(await healthOf(gateway)).toBe(0);
        gateway.signal("SIGTERM");
        expect(await gateway.ended).toBe(0);
        expect(await healthOf(gateway)).toBe(1);
        expect(gateway.output()).not.toMatch(/EACCES|EROFS|EPERM/);
      } finally {
        await gateway.kill();
      }
    },
  );

  it("make an image that sends traces, reaches Redis and writes lines for people, if it is told to", async () => {
    const collector = await OtlpReceiver.start();
    const redis = hasRedis() ? await startRedis() : undefined;
    onTestFinished(async () => void (await Promise.all([collector.close(), redis?.close()])));
    const shared: Record<string, string> = redis ? { REDIS_URL: redis.url } : {};
    const gateway = await startContained(
      contained({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, LOG_FORMAT: "pretty", LOG_LEVEL: "debug", ...shared }),
    );
    onTestFinished(() => gateway.kill());
    const traceId = "a".repeat(32);
    const headers = { traceparent: `00-${traceId}-${"b".repeat(16)}-01` };
    expect(await (await fetch(`${gateway.url}/health/ready`, { headers })).json()).toMatchObject({ status: "ready" });
    gateway.signal("SIGTERM");
    expect(await gateway.ended).toBe(0);
    // Of other requests it sends each tenth.
    expect(collector.named("GET /health/ready", traceId)).toHaveLength(1);
    expect(gateway.output()).toMatch(/DEBUG.*A request has ended/);
    expect(gateway.output()).not.toMatch(/Cannot find|ERR_MODULE/);
  });

  it("make an image of less than 150 MB beside Node, with licences, and without tests, keys and tools of the build", () => {
    const kilobytes = Number(execFileSync("du", ["-sk", root], { encoding: "utf8" }).split("\t")[0]);
    expect(kilobytes / 1024).toBeLessThan(COPIED_MB_MAX);
    for (const path of ["app/LICENSE", "app/node_modules/fastify/LICENSE", "app/prisma/migrations", "app/dist/main.js"])
      expect(hasFile(root, path), path).toBe(true);
    for (const name of [
      "src",
      "test",
      ".env",
      ".git",
      "node_modules/typescript",
      "node_modules/prisma",
      "node_modules/vitest",
    ])
      expect(hasFile(root, `app/${name}`), name).toBe(false);
    expect(execFileSync("find", [root, "-name", "*.js.map"], { encoding: "utf8" })).toBe("");
  });

  it("run as a numbered user that is not root, as Kubernetes demands, with Node as the process that gets signals", () => {
    expect(lastOf(image, "USER")).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    const { version, license, scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    // The image has no source maps.
    const command = (JSON.parse(lastOf(image, "CMD")) as string[]).toSpliced(1, 0, "--enable-source-maps").join(" ");
    expect(scripts.start.split(" && ").at(-1)).toBe(command);
    const labels = image.instructions.find(({ keyword }) => keyword === "LABEL")?.text;
    expect(labels).toContain(`org.opencontainers.image.licenses="${license}"`);
    expect(image.instructions).toContainEqual({ keyword: "ARG", flags: {}, text: `VERSION=${version}` });
  });
});
