import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { GraphqlAnswer, GraphqlClient } from "./clients/graphql.js";
import { SocketClient } from "./clients/ws.js";
import { ADMIN_KEY, type Gateway } from "./gateway/gateway.js";
import type { Random } from "./random.js";
import { CREATE_JOB, name, RUN_LLM_CALL, START_LLM_CALL, type TestTeam } from "./world.js";

const ADD = "mutation ($input: AddCreditsInput!) { addCredits(input: $input) { id } }";
const END_JOB = `mutation ($id: ID!, $status: JobOutcome!) { completeJob(input: { jobId: $id, status: $status }) { job { id status } } }`;
const PAUSE_MS = 50;
const REPLAYS_MAX = 100;

/** Where a request can be sent; another process may be there by the next time. */
interface Place {
  readonly process: { readonly url: string; client(credential: string): GraphqlClient };
}

interface Request {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly credential: string;
  /** Whether it is carried out once however often it is sent; then it is sent until it is answered. */
  readonly isOnce: boolean;
}

/** Clients that open jobs, make calls in every way and end jobs, on gateways that may go away; and what was acknowledged to them. */
export class Load {
  isOver = false;
  answers = 0;
  repeats = 0;
  granted = 0;
  /** By id, with the status that was acknowledged as final; null if no status was. */
  readonly jobs = new Map<string, string | null>();
  readonly calls = new Map<string, string | null>();
  /** Inputs of calls with a key, by the id of their call. */
  private readonly keyed = new Map<string, Record<string, unknown>>();
  private waiting: { answers: number; resolve: () => void }[] = [];

  constructor(
    private readonly places: readonly Place[],
    private readonly team: TestTeam,
    private readonly groups: readonly [string, ...string[]],
  ) {}

  /** Returns when so many more answers have come. */
  answered(count: number): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ answers: this.answers + count, resolve }));
  }

  /** One client's work until it is over; what it has begun it brings to an end. */
  async work(random: Random): Promise<void> {
    while (!this.isOver) {
      const kind = random.below(8);
      if (kind === 0) await this.grant(random);
      else if (kind === 1) await this.call(random, null, true);
      else await this.job(random, random.below(2) === 0);
    }
  }

  /** Sends calls again that had a key, and expects the calls of the first time. */
  async replay({ client }: Gateway): Promise<number> {
    const sample = [...this.keyed].slice(-REPLAYS_MAX);
    for (const [id, input] of sample) {
      const { runLlmCall } = await client(this.team.secret).data(RUN_LLM_CALL, { input });
      expect(runLlmCall.id).toBe(id);
    }
    return sample.length;
  }

  private async grant(random: Random): Promise<void> {
    const credits = 1 + random.below(9);
    const input = { teamId: this.team.id, credits, idempotencyKey: name("key") };
    await this.send(random, { query: ADD, variables: { input }, credential: ADMIN_KEY, isOnce: true });
    this.granted += credits;
  }

  private async job(random: Random, isOnce: boolean): Promise<void> {
    const { secret: credential } = this.team;
    const input = { jobType: "load", ...(isOnce && { idempotencyKey: name("key") }) };
    const created = await this.send(random, { query: CREATE_JOB, variables: { input }, credential, isOnce });
    if (!created) return;
    const { id } = created.createJob;
    this.jobs.set(id, null);
    for (let count = random.below(3); count >= 0; count--) await this.call(random, id, isOnce);
    const status = random.pick(["COMPLETED", "COMPLETED", "COMPLETED", "FAILED", "CANCELLED"]);
    const ended = await this.send(random, { query: END_JOB, variables: { id, status }, credential, isOnce: true });
    this.jobs.set(id, ended?.completeJob.job.status);
  }

  private async call(random: Random, jobId: string | null, isOnce: boolean): Promise<void> {
    const tag = name("call");
    const input = {
      jobId,
      modelGroup: random.pick(this.groups),
      messages: [{ role: "USER", content: tag }],
      metadata: { tag },
      onMidStreamFailure: "RESTART",
      ...(isOnce && { idempotencyKey: name("key") }),
    };
    const { secret: credential } = this.team;
    const way = random.pick(["run", "start", "stream"]);
    const query = way === "start" ? START_LLM_CALL : RUN_LLM_CALL;
    const data =
      way === "stream"
        ? await this.stream(random, input, isOnce)
        : await this.send(random, { query, variables: { input }, credential, isOnce });
    const call = data?.runLlmCall ?? data?.startLlmCall;
    if (!call) return;
    this.calls.set(call.id, call.status === "RUNNING" ? null : call.status);
    if (isOnce) this.keyed.set(call.id, input);
  }

  /** The call of a stream that was seen to its end. */
  private async stream(
    random: Random,
    input: Record<string, unknown>,
    isOnce: boolean,
  ): Promise<GraphqlAnswer["data"]> {
    return this.until(isOnce, async () => {
      const socket = new SocketClient(this.placeOf(random).url, { Authorization: `Bearer ${this.team.secret}` });
      try {
        const last = (await socket.stream(input).rest()).at(-1);
        return last?.call && { runLlmCall: last.call };
      } finally {
        socket.close();
      }
    });
  }

  private send(random: Random, { query, variables, credential, isOnce }: Request): Promise<GraphqlAnswer["data"]> {
    return this.until(isOnce, async () => {
      const { data, errors = [] } = await this.placeOf(random).client(credential).send(query, variables);
      const [error] = errors;
      if (error && !error.extensions.retryable) throw new Refused(`${error.message} ${JSON.stringify(variables)}`);
      return error ? undefined : data;
    });
  }

  /** Does something until it has an answer, or once. A connection that breaks is no answer, and why it broke does not matter. */
  private async until(isOnce: boolean, ask: () => Promise<GraphqlAnswer["data"]>): Promise<GraphqlAnswer["data"]> {
    for (;;) {
      const data = await ask().catch((error: unknown) => {
        if (error instanceof Refused) throw error;
      });
      if (data) this.countAnswer();
      if (data || !isOnce) return data;
      this.repeats += 1;
      await sleep(PAUSE_MS);
    }
  }

  private placeOf(random: Random): Place["process"] {
    return this.places[random.below(this.places.length)]?.process as Place["process"];
  }

  private countAnswer(): void {
    this.answers += 1;
    for (const { resolve } of this.waiting.filter(({ answers }) => answers <= this.answers)) resolve();
    this.waiting = this.waiting.filter(({ answers }) => answers > this.answers);
  }
}

class Refused extends Error {}
