import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { freePort } from "../kit/free-port.js";
import { ADMIN_KEY } from "../kit/gateway/gateway.js";
import { startGatewayProcess } from "../kit/gateway/gateway-process.js";

/** Runs a gateway, and returns the addresses of all scripts that it has loaded. */
async function scriptsOf(env: Record<string, string>, paths = ["/health/ready"]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-scripts-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const gateway = await startGatewayProcess({ DATA_DIR: "memory", NODE_V8_COVERAGE: folder, ...env });
  const headers = { authorization: `Bearer ${ADMIN_KEY}` };
  for (const path of paths) await fetch(gateway.url + path, { headers });
  gateway.signal("SIGTERM");
  expect(await gateway.ended).toBe(0);
  const reports = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")));
  return reports.flatMap(({ result }) => result.map(({ url }: { url: string }) => url));
}

// prom-client loads OpenTelemetry's API by itself, which does nothing without the rest.
it("Nothing of OpenTelemetry but its API is loaded if there is nowhere to send traces to.", {
  timeout: 60_000,
}, async () => {
  const collector = `http://127.0.0.1:${await freePort()}`;
  const isOfOtel = (url: string) => /@opentelemetry\/(?!api\/)/.test(url);
  expect((await scriptsOf({})).filter(isOfOtel)).toEqual([]);
  expect(
    (await scriptsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_SDK_DISABLED: "true" })).filter(isOfOtel),
  ).toEqual([]);
  expect((await scriptsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: collector })).filter(isOfOtel)).not.toEqual([]);
});

it("Nothing of MCP is loaded before somebody asks for it.", { timeout: 60_000 }, async () => {
  const isOfMcp = (url: string) => /\/node_modules\/(zod|@modelcontextprotocol)\//.test(url);
  expect((await scriptsOf({})).filter(isOfMcp)).toEqual([]);
  expect((await scriptsOf({}, ["/mcp"])).filter(isOfMcp)).not.toEqual([]);
});

const SETTINGS: Readonly<Record<string, Record<string, string>>> = {
  "no settings": {},
  "settings that make no sense": {
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: "0",
    OTEL_BSP_SCHEDULE_DELAY: "soon",
    OTEL_TRACES_SAMPLER: "sometimes",
    OTEL_EXPORTER_OTLP_HEADERS: "%%%=,=",
    OTEL_EXPORTER_OTLP_TIMEOUT: "-1",
    OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
  },
};

it.each(Object.keys(SETTINGS))(
  "A collector that never answers does not hold up the end of the process (with %s).",
  { timeout: 60_000 },
  async (kind) => {
    const silent = createServer((socket) => onTestFinished(() => void socket.destroy()));
    const port = await freePort();
    silent.listen(port, "127.0.0.1");
    onTestFinished(() => void silent.close());
    const gateway = await startGatewayProcess({
      DATA_DIR: "memory",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      ...SETTINGS[kind],
    });
    onTestFinished(() => gateway.kill());
    await fetch(`${gateway.url}/graphql?query={__typename}`, { headers: { "content-type": "application/json" } });
    const beganAt = performance.now();
    gateway.signal("SIGTERM");
    expect(await gateway.ended).toBe(0);
    expect(performance.now() - beganAt).toBeLessThan(8_000);
  },
);
