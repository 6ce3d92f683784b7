import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply } from "fastify";
import { endedOrAfter } from "../../lib/async/ended-or-after.js";
import { gatewayStopping, type Intake } from "../../lib/intake.js";

/** How long the refusal of a late request waits for the rest of its body. */
const REST_OF_BODY_MS = 1_000;

/** How the request of a reply leaves the intake. */
const leaving = new WeakMap<FastifyReply["raw"], () => void>();

/**
 * Lets requests in until the gateway stops, and refuses those that come later. One that was let in before is carried out,
 * however long its body takes to arrive: it is inside until its client has the whole answer, or goes away. The health
 * probes are answered until the end.
 */
export function letRequestsIn(server: FastifyInstance, intake: Intake): void {
  server.addHook("onRequest", ({ url }, { raw }, done) => {
    if (url.startsWith("/health/")) return done();
    if (!intake.isOpen) return done(gatewayStopping());
    const leave = intake.enter();
    leaving.set(raw, leave);
    if (raw.destroyed) leave();
    else raw.once("close", leave);
    done();
  });
}

/** To be called for a subscription. It may stay open for ever, and a stop that waited for it would take the whole grace. */
export function leaveIntake({ raw }: FastifyReply): void {
  leaving.get(raw)?.();
}

/**
 * While the gateway stops, a connection is closed with the answer to its last request: a kept-alive one would hold up the
 * stop until its client leaves. If the body of that request is still coming, the answer waits for it, because a client
 * that is still sending when its connection closes loses the answer.
 */
export function closeConnections(server: FastifyInstance, intake: Intake): void {
  const last = new WeakMap<Socket, IncomingMessage>();
  server.server.prependListener("request", (request: IncomingMessage) => last.set(request.socket, request));
  server.addHook("onSend", ({ raw }, reply, _payload, done) => {
    if (intake.isOpen) return done();
    void endedOrAfter(REST_OF_BODY_MS, restOf(raw)).then(() => {
      if (last.get(raw.socket) === raw) reply.header("connection", "close");
      done();
    });
  });
}

/** Resolves when all of a request has come, or its client has gone away. What comes of the body is thrown away. */
async function restOf(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return;
  await new Promise<void>((resolve) => request.resume().once("end", resolve).once("close", resolve));
}
