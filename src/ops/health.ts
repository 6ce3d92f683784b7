import type { FastifyInstance } from "fastify";
import type { App } from "../app.js";

/** GET /health/live: the process answers. GET /health/ready: it takes work, the database included; else 503. */
export async function health(server: FastifyInstance, { app }: { app: App }): Promise<void> {
  server.get("/health/live", async () => ({ status: "live" }));
  server.get("/health/ready", async (_request, reply) => {
    const problem = await app.notReadyBecause();
    return problem ? reply.code(503).send({ status: "not ready", reason: problem }) : { status: "ready" };
  });
}
