import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type Gateway, type GatewayOptions, insideTests, startGateway } from "../gateway/gateway.js";
import { type ScriptedUpstream, startUpstream } from "./upstream.js";

/** Writes a file of upstreams, and returns its path. Whoever writes it removes its folder. */
export function upstreamsFile(upstreams: readonly object[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "tollgate-upstreams-")), "upstreams.json");
  writeFileSync(file, JSON.stringify({ upstreams }));
  return file;
}

/** A gateway with two scripted upstreams, "east" and "west", for all tests of a `describe` or a file. */
export function useTwoUpstreams(
  more: { readonly east?: object; readonly west?: object; readonly others?: readonly object[] } = {},
  options: GatewayOptions = {},
): { readonly gateway: Gateway; readonly east: ScriptedUpstream; readonly west: ScriptedUpstream } {
  let started: { gateway: Gateway; east: ScriptedUpstream; west: ScriptedUpstream; file: string } | undefined;
  beforeAll(async () => {
    const [east, west] = await Promise.all([startUpstream(), startUpstream()]);
    const file = upstreamsFile([
      { name: "east", kind: "openai-compatible", url: east.url, ...more.east },
      { name: "west", kind: "openai-compatible", url: west.url, ...more.west },
      ...(more.others ?? []),
    ]);
    const gateway = await startGateway({ ...options, env: { UPSTREAMS: file, ...options.env } });
    started = { gateway, east, west, file };
  });
  afterAll(async () => {
    if (!started) return;
    await started.gateway.close();
    await Promise.all([started.east.close(), started.west.close()]);
    rmSync(dirname(started.file), { recursive: true });
  });
  return {
    gateway: insideTests(() => started?.gateway),
    east: insideTests(() => started?.east),
    west: insideTests(() => started?.west),
  };
}
