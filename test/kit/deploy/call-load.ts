import { setTimeout as sleep } from "node:timers/promises";
import { JSON_TYPE, type Reply, send } from "../clients/http.js";
import { name, RUN_LLM_CALL, type TestTeam } from "../world.js";

const CLIENTS = 8;
const PAUSE_MS = 20;

/**
 * Clients that ask a model one question after the other. A question is sent until it is answered, but sent again only if
 * the answer was 503 with Retry-After. Each request has a connection of its own, so that none meets one that nginx is
 * about to close.
 */
export class CallLoad {
  answers = 0;
  /** How often a client was told to try again. */
  refusals = 0;
  /** What should not have happened. */
  readonly failures: string[] = [];
  private isOver = false;
  private clients: Promise<void>[] = [];
  private waiting: { answers: number; resolve: () => void }[] = [];

  constructor(
    private readonly place: { readonly url: string },
    private readonly team: TestTeam,
  ) {}

  start(): void {
    this.clients = Array.from({ length: CLIENTS }, () => this.work());
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.clients);
  }

  /** Returns when so many more questions have been answered. */
  answered(count: number): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ answers: this.answers + count, resolve }));
  }

  private async work(): Promise<void> {
    while (!this.isOver) {
      const reply = await this.ask(name("question"));
      const call = reply && JSON.parse(reply.text).data?.runLlmCall;
      if (call?.status !== "SUCCEEDED") this.failures.push(reply?.text ?? "The connection broke.");
      this.answers += 1;
      for (const { resolve } of this.waiting.filter(({ answers }) => answers <= this.answers)) resolve();
      this.waiting = this.waiting.filter(({ answers }) => answers > this.answers);
    }
  }

  private async ask(question: string): Promise<Reply | undefined> {
    for (;;) {
      const reply = await askOnce(this.place, this.team, question).catch(() => undefined);
      if (reply?.status !== 503 || !reply.headers["retry-after"]) return reply;
      this.refusals += 1;
      await sleep(PAUSE_MS);
    }
  }
}

/** Asks the model of a team a question, in a call and a job of its own. */
export function askOnce(place: { readonly url: string }, team: TestTeam, question: string): Promise<Reply> {
  const input = { modelGroup: team.modelGroup, messages: [{ role: "USER", content: question }] };
  return send(place, {
    method: "POST",
    headers: { ...JSON_TYPE, authorization: `Bearer ${team.secret}` },
    body: JSON.stringify({ query: RUN_LLM_CALL, variables: { input } }),
  });
}
