import { afterAll, beforeAll, expect } from "vitest";
import { usePostgres } from "../database/use-postgres.js";
import { ADMIN_KEY, type Gateway, startGateway } from "../gateway/gateway.js";
import { buildGateway, type GatewayProcess, startGatewayProcess } from "../gateway/gateway-process.js";

/** An export must need no more than this beside what the process has anyway, and the whole of it be longer. */
export const MORE_MEMORY_MB_MAX = 50;

interface Export {
  readonly path: string;
  /** The type that is asked for. */
  readonly accept: string;
}

/**
 * A gateway of its own process on a PostgreSQL that `fill` has filled. The function that is returned reads an export there,
 * and returns how many lines and characters it had, and how much more memory the process needed for it.
 */
export function useExporter(fill: (witness: Gateway) => Promise<void>) {
  const postgres = usePostgres();
  let witness: Gateway;
  let exporter: GatewayProcess;
  beforeAll(async () => {
    buildGateway();
    witness = await startGateway({ databaseUrl: postgres.url });
    await fill(witness);
    exporter = await startGatewayProcess({ DATABASE_URL: postgres.url, ADMIN_KEY });
  }, 300_000);
  afterAll(async () => {
    await exporter?.kill();
    await witness?.close();
  });

  async function open({ path, accept }: Export) {
    const { status, body } = await fetch(`${exporter.url}${path}`, { headers: { "x-admin-key": ADMIN_KEY, accept } });
    expect(status).toBe(200);
    return body;
  }

  return async (what: Export): Promise<{ lines: number; characters: number; moreMb: number }> => {
    const idle = exporter.memoryMb();
    let [lines, characters, most, pieces] = [0, 0, 0, 0];
    for await (const piece of (await open(what))?.pipeThrough(new TextDecoderStream()) ?? []) {
      characters += piece.length;
      lines += piece.split("\n").length - 1;
      if (pieces++ % 20 === 0) most = Math.max(most, exporter.memoryMb());
    }
    return { lines, characters, moreMb: most - idle };
  };
}
