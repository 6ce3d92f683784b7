import type { FastifyInstance, FastifyReply } from "fastify";
import type { Intake } from "../../lib/intake.js";

/** How the request of a reply leaves the intake. */
const leaving = new WeakMap<FastifyReply["raw"], () => void>();

/**
 * Lets requests in until the gateway stops, and refuses those that come later. One that was let in before is carried out,
 * however long its body takes to arrive: it is inside until its answer begins, or its client goes away. The health probes
 * are answered until the end.
 */
export function letRequestsIn(server: FastifyInstance, intake: Intake): void {
  server.addHook("onRequest", async ({ url }, { raw }) => {
    if (url.startsWith("/health/")) return;
    const leave = intake.enter();
    leaving.set(raw, leave);
    if (raw.destroyed) leave();
    else raw.once("close", leave);
  });
  server.addHook("onSend", (_request, reply, _payload, done) => {
    beginAnswer(reply);
    done();
  });
}

/** To be called when an answer begins that does not go through Fastify. */
export function beginAnswer({ raw }: FastifyReply): void {
  leaving.get(raw)?.();
}
