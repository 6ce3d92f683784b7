import type { FastifyInstance } from "fastify";
import type { App } from "../app.js";

const READY_TIMEOUT_MS = 2_000;

type Checked = Pick<App, "intake" | "database" | "redis">;

/**
 * GET /health/live tells that the process answers. GET /health/ready answers 200 if the process and its database take
 * work, and 503 otherwise. It tells about Redis too, if there is one, but no work needs it.
 */
export async function health(server: FastifyInstance, { app }: { app: Checked }): Promise<void> {
  server.get("/health/live", async () => ({ status: "live" }));
  server.get("/health/ready", async (_request, reply) => {
    const reason = await notReadyBecause(app);
    if (reason) return reply.code(503).send({ status: "not ready", reason });
    const { address, link } = app.redis;
    return { status: "ready", ...(address !== undefined && { redis: link.isUp ? "connected" : "away" }) };
  });
}

/** Returns why the process cannot take work, in one sentence, or null if it can. */
async function notReadyBecause({ intake, database }: Checked): Promise<string | null> {
  if (!intake.isOpen) return "The gateway is stopping.";
  return Promise.race([database.fault(), after(READY_TIMEOUT_MS, "The database does not answer in time.")]);
}

function after<Value>(ms: number, value: Value): Promise<Value> {
  return new Promise((resolve) => setTimeout(resolve, ms, value).unref());
}
