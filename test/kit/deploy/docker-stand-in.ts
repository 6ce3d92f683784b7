import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { runProgram } from "../gateway/run-program.js";
import type { BehindNginx } from "./behind-nginx.js";

/** A program `docker` for scripts of deploy/, which does with the processes of a test what Docker does with containers. */
export interface DockerStandIn {
  /** The PATH on which it is found. */
  readonly path: string;
  /** What it was asked for, in order. */
  readonly commands: readonly string[];
  close(): void;
}

export async function startDockerStandIn(behind: BehindNginx): Promise<DockerStandIn> {
  const commands: string[] = [];
  const server = createServer(async (request, response) => {
    const command = decodeURIComponent(request.url?.slice(1) ?? "");
    commands.push(command);
    const failure = await carryOut(behind, command).catch(String);
    response.writeHead(failure ? 500 : 200).end(failure);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const bin = join(behind.nginx.folder, "bin");
  mkdirSync(bin);
  const program = join(bin, "docker");
  const ask = `await fetch("http://127.0.0.1:${port}/" + encodeURIComponent(process.argv.slice(1).join(" ")))`;
  writeFileSync(program, `#!/bin/sh\nexec node --input-type=module -e 'process.exit((${ask}).ok ? 0 : 1)' -- "$@"\n`);
  chmodSync(program, 0o755);
  return { path: `${bin}:${process.env.PATH}`, commands, close: () => void server.close() };
}

/** Returns what went wrong, or undefined. */
async function carryOut(behind: BehindNginx, command: string): Promise<string | undefined> {
  if (command.endsWith("-s reload")) {
    const { code, stderr } = await runProgram(["nginx", "-c", behind.nginx.configuration, "-s", "reload"]);
    return code === 0 ? undefined : stderr;
  }
  const replaced = /^compose up .*gateway-([12])$/.exec(command);
  if (!replaced) return undefined;
  const index = (Number(replaced[1]) - 1) as 0 | 1;
  behind.gateways[index].signal("SIGTERM");
  await behind.gateways[index].ended;
  await behind.restart(index);
  return undefined;
}
