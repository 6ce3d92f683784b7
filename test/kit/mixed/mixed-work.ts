import { adminOf, type Viewer } from "../../../src/auth/viewer.js";
import { isDatabaseUnavailable } from "../../../src/db/failure.js";
import { LlmCallInput } from "../../../src/features/calls/question/call.input.js";
import { MessageRole } from "../../../src/features/calls/question/message.input.js";
import { JobOutcome } from "../../../src/features/closing/close-job.input.js";
import { DomainError } from "../../../src/lib/errors.js";
import type { Gateway } from "../gateway/gateway.js";
import type { Random } from "../random.js";
import type { TestTeam } from "../world.js";

/** Few, so that the same key is used at the same moment, and long after. */
const KEYS_OF_A_TEAM = 40;
/** Jobs that clients still do something with. Older ones are left to their expiry. */
const JOBS_REMEMBERED = 8;
/** Tasks that all processes run at the same time anyway. */
const TASKS = ["expire jobs", "finish closings", "renew leases", "settle orphans"];

/** A request that was acknowledged, and the row that its client was shown. */
export interface Acknowledged {
  readonly kind: "job" | "call" | "end";
  /** What the request called itself. */
  readonly tag: string;
  readonly key: string | null;
  readonly id: string;
  readonly status: string;
}

interface Member {
  readonly team: TestTeam;
  /** Keys of the team, of which the last one is valid. */
  readonly secrets: string[];
  readonly keyIds: string[];
  readonly jobs: string[];
}

/**
 * What clients and admins do to a few teams, at random and all at once, on gateways that share a database; and what was
 * answered to them.
 */
export class MixedWork {
  readonly acknowledged: Acknowledged[] = [];
  /** Tags of requests that were refused for a reason, so that nothing may have been written for them. */
  readonly refused: string[] = [];
  readonly codes: Record<string, number> = {};
  readonly unexpected: unknown[] = [];
  private readonly members: readonly [Member, ...Member[]];
  private tags = 0;
  private answers = 0;
  private waiting: { answers: number; resolve: () => void }[] = [];
  private isOver = false;

  constructor(
    private readonly gateways: readonly [Gateway, ...Gateway[]],
    teams: readonly [TestTeam, ...TestTeam[]],
    private readonly groups: readonly [string, ...string[]],
    private readonly random: Random,
    private readonly name: string,
  ) {
    const memberOf = (team: TestTeam): Member => ({ team, secrets: [team.secret], keyIds: [team.keyId], jobs: [] });
    this.members = teams.map(memberOf) as [Member, ...Member[]];
  }

  /** Clients that do so many things each, one after the other, and an admin. Returns when the clients are done. */
  async run(clients: number, deeds: number, afterAdminsDeed: () => void): Promise<void> {
    const admin = this.administer(afterAdminsDeed);
    await Promise.all(Array.from({ length: clients }, () => this.work(deeds)));
    this.isOver = true;
    for (const { resolve } of this.waiting) resolve();
    await admin;
  }

  /** Returns when so many more requests have been answered, or the clients are done. */
  answered(count: number): Promise<void> {
    if (this.isOver) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ answers: this.answers + count, resolve }));
  }

  get isDone(): boolean {
    return this.isOver;
  }

  private async work(deeds: number): Promise<void> {
    for (let count = 0; count < deeds; count++)
      await this.step(this.random.pick(this.gateways), this.random.pick(this.members));
  }

  private async administer(afterEach: () => void): Promise<void> {
    while (!this.isOver) {
      await this.adminStep(this.random.pick(this.gateways), this.random.pick(this.members));
      afterEach();
    }
  }

  private async step({ app }: Gateway, member: Member): Promise<void> {
    const { random } = this;
    const viewer = await this.viewerOf(app, member);
    const job = random.below(100) < 95 ? member.jobs.at(-1 - random.below(JOBS_REMEMBERED)) : undefined;
    const deed = random.below(20);
    if (deed < 5 || !job) return this.open(app, viewer, member);
    if (deed < 12) return this.call(app, viewer, job);
    if (deed < 15) return this.call(app, viewer, null);
    if (deed < 16) {
      const tag = this.nextTag();
      return this.unless(tag, async () => void (await app.services.jobs.updateMetadata(viewer, job, { tag })));
    }
    return this.end(app, viewer, job);
  }

  private async open(app: Gateway["app"], viewer: Viewer, member: Member): Promise<void> {
    const { tag, key } = this.tagAndKey();
    await this.unless(tag, async () => {
      const { services } = app;
      const job = await services.jobs.create(viewer, {
        jobType: "mixed",
        metadata: { opened: tag },
        idempotencyKey: key,
      });
      if (!member.jobs.includes(job.id)) member.jobs.push(job.id);
      this.acknowledged.push({ kind: "job", tag, key, id: job.id, status: job.status });
    });
  }

  private async call(app: Gateway["app"], viewer: Viewer, jobId: string | null): Promise<void> {
    const { random } = this;
    const { tag, key } = jobId ? { tag: this.nextTag(), key: null } : this.tagAndKey();
    const input = Object.assign(new LlmCallInput(), {
      jobId,
      // A request with a key is the same each time.
      modelGroup: key ? this.groups[0] : random.pick(this.groups),
      messages: [{ role: MessageRole.USER, content: "What is a tollgate?" }],
      purpose: tag,
      idempotencyKey: key,
    });
    if (random.below(8) === 0) return this.cancelled(app, viewer, input);
    await this.unless(tag, async () => {
      const { id, status } = await app.services.calls.run(viewer, input, new AbortController().signal);
      this.acknowledged.push({ kind: "call", tag, key, id, status });
    });
  }

  private async cancelled(app: Gateway["app"], viewer: Viewer, input: LlmCallInput): Promise<void> {
    await this.unless(null, async () => {
      const { id } = await app.services.calls.start(viewer, input);
      await this.other(app).services.calls.cancel(viewer, id);
    });
  }

  private async end(app: Gateway["app"], viewer: Viewer, jobId: string): Promise<void> {
    const status = this.random.pick([JobOutcome.COMPLETED, JobOutcome.COMPLETED, ...Object.values(JobOutcome)]);
    const metadata = this.random.below(2) === 0 ? { end: this.nextTag() } : null;
    await this.unless(null, async () => {
      const job = await app.services.jobCloser.close(viewer, { jobId, status, metadata });
      this.acknowledged.push({ kind: "end", tag: status, key: null, id: job.id, status: job.status });
    });
  }

  private async adminStep({ app }: Gateway, member: Member): Promise<void> {
    const { random } = this;
    const { services } = app;
    const teamId = member.team.id;
    const deed = random.below(12);
    const credits = 1 + random.below(3);
    if (deed < 3) return this.unless(null, () => services.credits.add(adminOf("mixed"), { teamId, credits }));
    if (deed < 5) {
      const taken = { teamId, credits: -credits, reason: "mixed" };
      return this.unless(null, () => services.credits.adjust(adminOf("mixed"), taken));
    }
    if (deed < 7) return this.unless(null, () => this.letExpire(app, member));
    if (deed < 10) {
      const tasks = app.tasks.filter(({ name }) => TASKS.includes(name));
      return this.unless(null, () => Promise.all(tasks.map((task) => task.run())));
    }
    if (deed < 11) return this.unless(null, () => this.changeKey(app, member));
    await this.unless(null, () => services.teams.suspend(adminOf("mixed"), teamId));
    await this.unless(null, () => services.teams.resume(adminOf("mixed"), teamId));
  }

  private async letExpire(app: Gateway["app"], member: Member): Promise<void> {
    const job = member.jobs.at(-1 - this.random.below(JOBS_REMEMBERED));
    if (job)
      await app.database.db
        .$executeRaw`UPDATE jobs SET expires_at = tollgate_now() WHERE id = ${job}::uuid AND completed_at IS NULL`;
  }

  /** The team gets another key; the last one is revoked while requests with it are under way. */
  private async changeKey(app: Gateway["app"], { team, secrets, keyIds }: Member): Promise<void> {
    const { virtualKey, key } = await app.services.keys.create(adminOf("mixed"), { teamId: team.id });
    const last = keyIds.at(-1);
    secrets.push(virtualKey);
    keyIds.push(key.id);
    if (last) await app.services.keys.revoke(adminOf("mixed"), last);
  }

  private viewerOf(app: Gateway["app"], { secrets }: Member): Promise<Viewer> {
    return app.gate.credentials.viewerOf(secrets.at(-1) ?? "", "mixed").catch(() => ({ kind: "anonymous" }));
  }

  private other(app: Gateway["app"]): Gateway["app"] {
    return this.gateways.find((gateway) => gateway.app !== app)?.app ?? app;
  }

  private tagAndKey(): { tag: string; key: string | null } {
    if (this.random.below(3) > 0) return { tag: this.nextTag(), key: null };
    const key = `key-${this.random.below(KEYS_OF_A_TEAM)}`;
    return { tag: key, key };
  }

  private nextTag(): string {
    this.tags += 1;
    return `tag-${this.name}-${this.tags}`;
  }

  private async unless(tag: string | null, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      this.count("ok");
    } catch (error) {
      const failures = error instanceof AggregateError ? error.errors : [error];
      if (failures.every(isDatabaseUnavailable)) return this.count("database away");
      if (!(error instanceof DomainError)) {
        this.unexpected.push(error);
        return this.count("unexpected");
      }
      this.count(error.code);
      if (tag?.startsWith("tag-") && error.code !== "UNAVAILABLE") this.refused.push(tag);
    }
  }

  private count(code: string): void {
    this.answers += 1;
    for (const { answers, resolve } of this.waiting) if (answers <= this.answers) resolve();
    this.waiting = this.waiting.filter(({ answers }) => answers > this.answers);
    this.codes[code] = (this.codes[code] ?? 0) + 1;
  }
}
