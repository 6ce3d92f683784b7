import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { adminOf, type Viewer } from "../../src/auth/viewer.js";
import { LlmCallInput } from "../../src/features/calls/question/call.input.js";
import { MessageRole } from "../../src/features/calls/question/message.input.js";
import type { JobOutcome } from "../../src/features/closing/close-job.input.js";
import { DomainError, type ErrorCode } from "../../src/lib/errors.js";
import { hasPostgres } from "../kit/database/database.js";
import { FakeClock } from "../kit/gateway/clock.js";
import { useGateway } from "../kit/gateway/gateway.js";
import { runTasks } from "../kit/gateway/tasks.js";
import { type Deed, moments } from "../kit/mixed/credit-deeds.js";
import { error } from "../kit/upstream/upstream-behaviours.js";
import { name } from "../kit/world.js";

const ADMIN = adminOf("test");

/** Fixed, so that a failure can be had again; other sequences are tried by setting other figures. */
const SEED = Number(process.env.PROPERTY_SEED ?? 20_260_301);
const SEQUENCES = Number(process.env.PROPERTY_SEQUENCES ?? 40);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe.runIf(hasPostgres())(
  "whatever is done to a team's credits, and however much of it at once, on PostgreSQL",
  () => {
    const clock = new FakeClock();
    const gateway = useGateway({ engine: "postgres", upstream: "scripted", clock });
    let groups: { works: string; fails: string };
    beforeAll(async () => {
      const model = name("model");
      gateway.upstream.on(model, error(500));
      groups = { works: await gateway.world.modelGroup(), fails: await gateway.world.modelGroup([model]) };
    });

    it(`they add up: nothing below zero, one resolution for each hold (seed ${SEED}, ${SEQUENCES} sequences)`, {
      timeout: 300_000,
    }, async () => {
      const { services } = gateway.app;
      const organization = await gateway.world.organization();
      await services.creditPools.grant(ADMIN, { organizationId: organization.id, credits: 1_000_000 });
      await fc.assert(
        fc.asyncProperty(fc.nat(6), moments, async (credits, sequence) => {
          const { id, secret } = await organization.team({ credits, groups: [groups.works, groups.fails] });
          const viewer = await gateway.app.gate.credentials.viewerOf(secret, "test");
          const account = new Account(id, organization.id, viewer, credits);
          for (const deeds of sequence) {
            await Promise.all(deeds.map((deed) => account.perform(deed)));
            await account.check();
          }
          await clock.advance(DAY_MS);
          await runTasks(gateway.app);
          await account.check();
          const available = account.given - (await account.lapsed()) - account.completed.size;
          expect(await account.balance()).toMatchObject({ held: 0, available });
          expect(await account.expiredLeft(), "what is left of expired grants").toBe(0);
          expect(await services.credits.totals(ADMIN)).toMatchObject({ isBalanced: true });
        }),
        { seed: SEED, numRuns: SEQUENCES, endOnFailure: true, includeErrorInReport: true },
      );
    });

    /** A team, and what the gateway has acknowledged to it. */
    class Account {
      readonly jobs: string[] = [];
      readonly completed = new Set<string>();

      constructor(
        private readonly teamId: string,
        private readonly organizationId: string,
        private readonly viewer: Viewer,
        public given: number,
      ) {}

      async perform(deed: Deed): Promise<void> {
        const { app } = gateway;
        switch (deed.do) {
          case "open":
            return this.unless(["INSUFFICIENT_CREDITS"], async () => {
              this.jobs.push((await app.services.jobs.create(this.viewer, { jobType: "property" })).id);
            });
          case "call":
          case "call in vain":
            return this.ofJob(deed.job, (jobId) =>
              this.unless(["INVALID_STATE"], () => this.call(deed.do === "call", jobId)),
            );
          case "call alone":
          case "call alone, in vain":
            return this.unless(["INSUFFICIENT_CREDITS"], () => this.call(deed.do === "call alone"));
          case "end":
            return this.ofJob(deed.job, (jobId) =>
              this.unless(["INVALID_STATE", "CALLS_RUNNING"], () => this.end(jobId, deed.status)),
            );
          case "add":
            await app.services.credits.add(ADMIN, { teamId: this.teamId, credits: deed.credits });
            this.given += deed.credits;
            return;
          case "adjust":
            return this.unless(["INSUFFICIENT_CREDITS"], async () => {
              await app.services.credits.adjust(ADMIN, {
                teamId: this.teamId,
                credits: deed.credits,
                reason: "Property",
              });
              this.given += deed.credits;
            });
          case "add for an hour":
            // The hour may pass before it is added.
            return this.unless(["INVALID_INPUT"], async () => {
              const input = { teamId: this.teamId, credits: deed.credits };
              await app.services.credits.add(ADMIN, { ...input, expiresAt: new Date(clock.now().getTime() + HOUR_MS) });
              this.given += deed.credits;
            });
          case "fetch":
          case "give away":
            return this.unless(["INSUFFICIENT_CREDITS"], async () => {
              const [ofTeam, ofPool] = [this.teamId, this.organizationId];
              const sides =
                deed.do === "fetch"
                  ? { fromOrganizationId: ofPool, toTeamId: ofTeam }
                  : { fromTeamId: ofTeam, toOrganizationId: ofPool };
              await app.services.creditPools.transfer(ADMIN, { ...sides, credits: deed.credits, reason: "Property" });
              this.given += deed.do === "fetch" ? deed.credits : -deed.credits;
            });
          case "let an hour pass":
            await clock.advance(HOUR_MS);
            return;
          case "let time pass":
            await clock.advance(DAY_MS);
            return runTasks(app);
          case "run the tasks":
            return runTasks(app);
        }
      }

      balance() {
        return gateway.database.db.creditBalance.findUniqueOrThrow({ where: { teamId: this.teamId } });
      }

      /** How many credits have lapsed. */
      async lapsed(): Promise<number> {
        const where = { accountId: this.teamId, kind: "LAPSE" } as const;
        const { _sum: sum } = await gateway.database.db.creditEntry.aggregate({ where, _sum: { credits: true } });
        return -(sum.credits ?? 0);
      }

      async expiredLeft(): Promise<number> {
        const where = { accountId: this.teamId, expiresAt: { lte: clock.now() } };
        const { _sum: sum } = await gateway.database.db.creditGrant.aggregate({ where, _sum: { remaining: true } });
        return sum.remaining ?? 0;
      }

      /** What must hold whenever nothing is under way. Reckoned here, and by the gateway's own audit. */
      async check(): Promise<void> {
        const { db } = gateway.database;
        const [balance, entries, jobs] = await Promise.all([
          this.balance(),
          db.creditEntry.findMany({ where: { accountId: this.teamId }, orderBy: { sequence: "asc" } }),
          db.job.findMany({ where: { teamId: this.teamId } }),
        ]);
        const sum = (field: "credits" | "heldCredits") => entries.reduce((total, entry) => total + entry[field], 0);
        const idsOf = (isMeant: (job: (typeof jobs)[0]) => boolean) =>
          new Set(jobs.filter(isMeant).map(({ id }) => id));
        const allocated = this.given - (await this.lapsed());
        expect(balance).toMatchObject({ available: sum("credits"), held: sum("heldCredits"), allocated });
        expect(
          Math.min(balance.available, balance.held, ...entries.map((entry) => entry.availableAfter)),
        ).toBeGreaterThanOrEqual(0);
        expect(
          idsOf(({ status }) => status === "COMPLETED"),
          "jobs completed, and acknowledged as such",
        ).toEqual(this.completed);
        expect(balance).toMatchObject({
          used: this.completed.size,
          held: idsOf(({ completedAt }) => completedAt === null).size,
        });
        for (const { id, status } of jobs) {
          const ofJob = entries.filter((entry) => entry.jobId === id).map(({ kind }) => kind);
          expect(ofJob, `entries of a job that is ${status}`).toEqual(["HOLD", ...RESOLUTION[status]]);
        }
        const audit = await gateway.app.services.ledgerAudit.audit(this.viewer, { teamId: this.teamId });
        expect(audit).toMatchObject({ isSound: true, entryCount: entries.length, jobCount: jobs.length });
      }

      private async call(works: boolean, jobId?: string): Promise<void> {
        const modelGroup = works ? groups.works : groups.fails;
        const messages = [{ role: MessageRole.USER, content: "Hello" }];
        const input = { modelGroup, messages, ...(jobId && { jobId }) };
        const call = await gateway.app.services.calls.run(
          this.viewer,
          LlmCallInput.of(input),
          new AbortController().signal,
        );
        if (jobId === undefined && call.status === "SUCCEEDED") this.completed.add(call.jobId);
      }

      private async end(jobId: string, status: JobOutcome): Promise<void> {
        const ended = await gateway.app.services.jobCloser.close(this.viewer, { jobId, status });
        expect(ended.status).toBe(status);
        if (status === "COMPLETED") this.completed.add(jobId);
      }

      private async ofJob(index: number, act: (jobId: string) => Promise<void>): Promise<void> {
        const jobId = this.jobs[index % this.jobs.length];
        if (jobId !== undefined) await act(jobId);
      }

      /** Some refusals are to be expected; any other failure is the test's. */
      private async unless(refusals: ErrorCode[], act: () => Promise<void>): Promise<void> {
        try {
          await act();
        } catch (refusal) {
          if (!(refusal instanceof DomainError && refusals.includes(refusal.code))) throw refusal;
        }
      }
    }
  },
);

const RESOLUTION = {
  PENDING: [],
  IN_PROGRESS: [],
  COMPLETED: ["POST"],
  FAILED: ["VOID"],
  CANCELLED: ["VOID"],
  EXPIRED: ["EXPIRE"],
} as const;
