import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { expect, it } from "vitest";
import { createApp } from "../../../src/app.js";
import { readConfig } from "../../../src/config/config.js";
import { LogLines } from "../../kit/log-lines.js";
import { upstreamsFile, useTwoUpstreams } from "../../kit/upstream/use-upstreams.js";

const TOLD = "A model of a group names no upstream that is configured.";

const { gateway, west } = useTwoUpstreams();

it("A start tells which models have lost their upstream, unless another stands in for it", async () => {
  const group = await gateway.world.modelGroup(["east/a", "west/a", "east/b"]);
  const alone = { name: "west", kind: "openai-compatible", url: west.url };
  const toldBy = async (...upstreams: object[]) => {
    const file = upstreamsFile(upstreams);
    const lines = new LogLines();
    const app = await createApp(readConfig({ UPSTREAMS: file }), { database: gateway.database, log: lines.log });
    await app.upstreams.close();
    rmSync(dirname(file), { recursive: true });
    return lines.of(TOLD).map(({ modelGroup, model, level }) => [level, modelGroup, model]);
  };
  expect(await toldBy(alone)).toEqual([
    [40, group, "east/a"],
    [40, group, "east/b"],
  ]);
  expect(await toldBy(alone, { ...alone, name: "east" })).toEqual([]);
  expect(await toldBy({ ...alone, name: "default" })).toEqual([]);
});
