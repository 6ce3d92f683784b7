import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Session } from "../../auth/person.js";
import type { Gate } from "../../edge/context.js";
import { isFromOwnPage } from "../../edge/session/own-page.js";
import type { Sessions } from "../../edge/session/sessions.js";
import { ConcurrencyLimit } from "../../features/limits/concurrency-limit.js";
import { DomainError } from "../../lib/errors.js";
import { CALLBACK_PATH, CONSOLE_PATH, SignIn } from "./sign-in.js";
import { SignInFailed, type SignInFailure } from "./sign-in-failed.js";

/** Each of them waits for the provider, and anybody can begin one. */
const SIGN_INS_MAX = 100;

interface SessionDeps {
  readonly gate: Gate;
  /** Undefined if only keys are accepted. */
  readonly sessions: Sessions | undefined;
}

/**
 * The door through which people sign in with an OpenID provider, and out. A browser goes through it, so what fails leads to
 * the console, which says it in words.
 */
export async function sessionDoor(server: FastifyInstance, { gate, sessions }: SessionDeps): Promise<void> {
  server.addHook("onRequest", async (_request, reply) => {
    reply.header("cache-control", "no-store");
  });
  const offer = { isOffered: sessions !== undefined, name: sessions?.config.providerName ?? null };
  server.get("/console/auth", async () => ({ oidc: offer }));
  if (!sessions) return;
  const signIn = new SignIn(sessions);
  const signIns = new ConcurrencyLimit({ max: SIGN_INS_MAX, maxOfHolder: SIGN_INS_MAX, refusal: tooManySignIns });

  server.get<{ Querystring: Query }>("/console/auth/sign-in", async (request, reply) => {
    await limited(signIns, reply, async () => {
      const { url, cookie } = await signIn.begin(textOf(request.query.returnTo));
      reply.header("set-cookie", cookie).redirect(url, 303);
    }).catch(failing(gate, request, reply));
    return reply;
  });

  server.get<{ Querystring: Query }>(CALLBACK_PATH, async (request, reply) => {
    const { search } = new URL(request.url, sessions.config.publicOrigin);
    await limited(signIns, reply, async () => {
      const back = { state: textOf(request.query.state), search };
      const { session, returnTo } = await signIn.finish(back, request.headers.cookie);
      const viewer = await gate.services.sessionHolders.viewerOf(session, request.id);
      if (viewer.kind === "anonymous") throw new SignInFailed("NO_ORGANIZATION", "unknown");
      tell(gate, request, session);
      reply.header("set-cookie", [await sessions.begin(session), signIn.over()]).redirect(returnTo, 303);
    }).catch((error) => {
      if (isOver(error)) reply.header("set-cookie", signIn.over());
      return failing(gate, request, reply)(error);
    });
    return reply;
  });

  server.post("/console/auth/sign-out", async (request, reply) => {
    if (!isFromOwnPage(request.headers, sessions.config.publicOrigin))
      throw new DomainError("FORBIDDEN", "Only a page of PUBLIC_URL may sign a person out.");
    return reply.header("set-cookie", sessions.forget()).code(204).send();
  });
}

type Query = Readonly<Record<string, unknown>>;

/** A parameter that was given twice is none. */
const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

async function limited(signIns: ConcurrencyLimit, reply: FastifyReply, work: () => Promise<void>): Promise<void> {
  const leave = signIns.take("sign-in");
  reply.raw.once("close", leave);
  await work();
}

const tooManySignIns = () =>
  new DomainError("OVERLOADED", "Too many people sign in at this moment. Try again in a moment.");

/** Whoever comes back with what fits no sign-in of this browser does not end the one that is under way. */
const isOver = (error: unknown): boolean => error instanceof SignInFailed && error.reason !== "SIGN_IN_EXPIRED";

/** Leads to the console, with the reason. Every other error is answered as errors are. */
const failing = (gate: Gate, request: FastifyRequest, reply: FastifyReply) => (error: unknown) => {
  if (!(error instanceof SignInFailed)) throw error;
  tell(gate, request, error);
  reply.redirect(`${CONSOLE_PATH}?signInError=${error.reason satisfies SignInFailure}`, 303);
};

function tell({ events }: Gate, { id: requestId }: FastifyRequest, ended: Session | SignInFailed): void {
  if (ended instanceof SignInFailed) {
    const { reason, code } = ended;
    events.tell("signIn", { requestId, failure: reason, code, subject: null, role: null, organizationId: null });
  } else {
    const { subject, role, organizationId } = ended;
    events.tell("signIn", { requestId, failure: null, code: null, subject, role, organizationId });
  }
}
