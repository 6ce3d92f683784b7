import type { Db } from "../../../db/client.js";
import type { ValuesOf } from "../../../db/column-type.js";
import type { Sql } from "../../../db/statement.js";
import { inTransaction } from "../../../db/transaction.js";
import { logFailure } from "../../../edge/log-failure.js";
import { shared } from "../../../lib/async/shared.js";
import type { Clock } from "../../../lib/clock.js";
import type { Logger } from "../../../lib/log.js";
import type { Events } from "../../../lib/observe/events.js";
import { VERSION } from "../../../lib/observe/version.js";
import { Tally } from "../../../lib/tally.js";
import type { AuditTrail } from "../../audit/audit-trail.js";
import { eventBodies } from "../delivery/event-bodies.js";
import { ofWebhook } from "../shown-webhook.js";
import { wireName } from "../webhook-event.js";
import { SecretUnreadable, type WebhookSecrets } from "../webhook-secrets.js";
import { claimDeliveries, disableWebhook, findReceivers, giveBack, noteTry } from "./claim.sql.js";
import { waitAfter } from "./next-try.js";
import { type SignedRequest, signEvent } from "./sign-event.js";
import { BrokenOff, type Posted, type WebhookPoster } from "./webhook-poster.js";

/** Deliveries that a process has under way at once. Those to one webhook, and to those of one owner, leave room for others. */
const UNDER_WAY_MAX = 32;
const OF_WEBHOOK_MAX = 4;
const OF_OWNER_MAX = 8;
/** How much longer than a try a process may hold a delivery. It must have died then. */
const LEASE_MORE_MS = 15_000;
const GONE = 410;
/** Who disables a webhook whose receiver is gone. */
const GATEWAY = { kind: "gateway", requestId: "delivery" } as const;

type Claimed = ValuesOf<typeof claimDeliveries.row>;
type Destination = ValuesOf<typeof findReceivers.row>;

export interface DeliverySenderDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly log: Logger;
  readonly events: Events;
  readonly secrets: WebhookSecrets;
  readonly poster: WebhookPoster;
  readonly trail: AuditTrail;
  readonly timeoutMs: number;
}

/**
 * Delivers what is due. A process takes deliveries up for a while, posts them outside of any transaction, and notes what came
 * of it. If it dies between, another one takes them up when the while is over: so events arrive at least once.
 */
export class DeliverySender {
  private readonly busy = new Tally();
  private readonly busyOfOwner = new Tally();
  private readonly underWay = new Set<Promise<void>>();
  private readonly soon = new Set<Promise<void>>();
  private isStopping = false;

  constructor(private readonly deps: DeliverySenderDeps) {}

  /** Takes up what is due and begins to post it. It does not wait for the answers. */
  readonly round = shared(async (): Promise<void> => {
    const free = UNDER_WAY_MAX - this.underWay.size;
    if (free <= 0 || this.isStopping) return;
    const { sql, timeoutMs } = this.deps;
    const claimed = await sql.run(claimDeliveries, {
      leaseMs: timeoutMs + LEASE_MORE_MS,
      busy: countsOf(this.busy),
      ofWebhookMax: OF_WEBHOOK_MAX,
      busyOfOwner: countsOf(this.busyOfOwner),
      ofOwnerMax: OF_OWNER_MAX,
      batchMax: free,
    });
    if (claimed.length > 0) await this.begin(claimed);
  });

  /** Does a round soon. If it fails, the task does the next one. */
  wake(): void {
    const round = this.round()
      .catch(() => undefined)
      .finally(() => this.soon.delete(round));
    this.soon.add(round);
  }

  /** Returns when nothing is under way any more, and nothing else was due. */
  async idle(): Promise<void> {
    while (this.underWay.size + this.soon.size > 0) await Promise.all([...this.underWay, ...this.soon]);
  }

  /** Takes nothing up any more. What has no answer within the grace is given back, for other processes. */
  async stop(graceMs: number): Promise<void> {
    this.isStopping = true;
    const timer = setTimeout(() => this.deps.poster.breakOff(), graceMs);
    // One that has begun takes up what it has claimed.
    await this.round().catch(() => undefined);
    await this.idle();
    clearTimeout(timer);
    await this.deps.poster.close();
  }

  private async begin(claimed: readonly Claimed[]): Promise<void> {
    const { sql } = this.deps;
    const webhookIds = [...new Set(claimed.map(({ webhookId }) => webhookId))];
    const receivers = new Map((await sql.run(findReceivers, { ids: webhookIds })).map((row) => [row.id, row]));
    const bodies = await eventBodies(
      sql,
      claimed.map(({ id }) => id),
    );
    const bodyOf = new Map(bodies.map(({ id, body }) => [id, JSON.stringify(body)]));
    for (const delivery of claimed) {
      const receiver = receivers.get(delivery.webhookId);
      const body = bodyOf.get(delivery.id);
      // Otherwise the webhook has been disabled or deleted just now, and a task gives up what waits for it.
      if (receiver && body !== undefined) this.track(delivery, receiver.owner, this.deliver(delivery, receiver, body));
    }
  }

  private track({ id, webhookId, claims }: Claimed, owner: string, work: Promise<void>): void {
    this.busy.add(webhookId);
    this.busyOfOwner.add(owner);
    const { sql, log } = this.deps;
    const whole = work
      .catch(async (error: unknown) => {
        if (!(error instanceof BrokenOff)) throw error;
        await sql.run(giveBack, { id, claims });
      })
      // The lease brings it back.
      .catch((error: unknown) => logFailure(log, error, "A delivery to a webhook failed.", { webhookId }))
      .finally(() => {
        this.busy.remove(webhookId);
        this.busyOfOwner.remove(owner);
        this.underWay.delete(whole);
        if (!this.isStopping) this.wake();
      });
    this.underWay.add(whole);
  }

  private async deliver(delivery: Claimed, receiver: Destination, body: string): Promise<void> {
    const { sql, clock, events } = this.deps;
    const beganAt = clock.elapsedMs();
    const posted = await this.post(delivery, receiver, body);
    const ms = Math.round(clock.elapsedMs() - beganAt);
    const { httpStatus, error } = posted;
    const hasArrived = error === null;
    const { id, claims, webhookId, eventId } = delivery;
    const isGone = httpStatus === GONE && (await this.disable(receiver));
    const waitMs = isGone ? null : waitAfter(delivery.triesOfRun + 1, posted.retryAfterMs);
    const [noted] = await sql.run(noteTry, { id, claims, hasArrived, waitMs, httpStatus, error, ms });
    events.tell("delivery", {
      outcome: hasArrived ? "delivered" : noted?.status === "FAILED" ? "given_up" : "failed",
      webhookId,
      eventId,
      type: wireName(delivery.type),
      httpStatus,
      ms,
      sinceEventMs: Math.max(0, clock.now().getTime() - delivery.createdAt.getTime()),
    });
  }

  /**
   * Disables the webhook of a receiver that is gone, and says so in the audit. False if that has been done, or if the webhook
   * has another URL by now: then the event goes there.
   */
  private disable({ id, url }: Destination): Promise<boolean> {
    return inTransaction(this.deps.db, async (transaction) => {
      const [webhook] = await transaction.sql.run(disableWebhook, { id, url });
      if (!webhook) return false;
      const change = { before: { isEnabled: true }, after: { isEnabled: false } };
      await this.deps.trail.record(transaction, GATEWAY, { ...ofWebhook("updateWebhook", webhook), ...change });
      return true;
    });
  }

  private async post(
    { eventId }: Claimed,
    { id, url, secret, previousSecret }: Destination,
    body: string,
  ): Promise<Posted> {
    const { secrets, poster, clock } = this.deps;
    let signed: SignedRequest;
    try {
      const sealed = previousSecret ? [secret, previousSecret] : [secret];
      signed = signEvent(
        eventId,
        body,
        sealed.map((each) => secrets.open(id, each)),
        clock.now(),
      );
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      return { httpStatus: null, error: "The webhook's secret cannot be read any more. It must be rotated." };
    }
    const headers = { ...signed.headers, "user-agent": `Tollgate/${VERSION}` };
    return poster.post(url, headers, signed.body);
  }
}

const countsOf = (tally: Tally): Record<string, number> =>
  Object.fromEntries([...tally.keys()].map((key) => [key, tally.of(key)]));
