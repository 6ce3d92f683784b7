import { authorize, reachOf } from "../../auth/policy.js";
import type { KnownViewer, Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/client.js";
import { fetchPage, type Page } from "../../db/page.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction, type Transaction } from "../../db/transaction.js";
import { type Webhook as Row, WebhookEventType } from "../../generated/prisma/client.js";
import { requireGrace } from "../../input/grace.js";
import type { PageWindow } from "../../input/page-window.js";
import { invalid, validate } from "../../input/validate.js";
import { DomainError, notFound } from "../../lib/errors.js";
import { isUuid, newId } from "../../lib/ids.js";
import type { AuditTrail } from "../audit/audit-trail.js";
import { keepOrganization, keepTeam } from "../organizations/kept-account.js";
import type { OrganizationService } from "../organizations/organization.service.js";
import type { TeamService } from "../teams/team.service.js";
import { ofWebhook, shownWebhook } from "./shown-webhook.js";
import type { CreateWebhookInput, UpdateWebhookInput } from "./webhook.input.js";
import {
  changeWebhook,
  countWebhooks,
  deleteWebhook,
  findWebhook,
  insertWebhook,
  lockWebhook,
  lockWebhooks,
  rotateSecret,
  webhooks,
  webhooksInReach,
} from "./webhook.sql.js";
import { GRACE_SECONDS_DEFAULT, WEBHOOKS_MAX, WEBHOOKS_OF_OWNER_MAX } from "./webhook-limits.js";
import type { WebhookSecrets } from "./webhook-secrets.js";
import { requireUrl } from "./webhook-url.js";

export type { Row as WebhookRow };

export interface WebhookServiceDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly organizations: OrganizationService;
  readonly teams: TeamService;
  readonly secrets: WebhookSecrets;
  readonly trail: AuditTrail;
  /** Whether receivers may be in private networks. */
  readonly allowsPrivate: boolean;
}

/** The addresses that are told of events. */
export class WebhookService {
  constructor(private readonly deps: WebhookServiceDeps) {}

  async get(viewer: Viewer, id: string): Promise<Row> {
    authorize(viewer, "webhook.read");
    const [row] = isUuid(id) ? await this.deps.sql.run(findWebhook, { id }) : [];
    return reached(viewer, id, row);
  }

  /** Lists the webhooks in the viewer's reach, newest first. */
  async list(viewer: Viewer, window: PageWindow): Promise<Page<Row>> {
    authorize(viewer, "webhook.read");
    return fetchPage(this.deps.sql, webhooks, window, { all: webhooksInReach(reachOf(viewer)) });
  }

  /**
   * Creates a webhook and returns its secret in clear, only this once. It is told of what happens after it is there. Throws
   * INVALID_STATE if there are too many webhooks.
   */
  async create(viewer: Viewer, input: CreateWebhookInput): Promise<{ webhook: Row; secret: string }> {
    authorize(viewer, "webhook.create");
    const { url, events } = validate(input);
    requireUrl(url, this.deps.allowsPrivate);
    requireAskable(events);
    const owner = await this.ownerOf(viewer, input);
    const id = newId();
    const { clear, sealed } = this.deps.secrets.mint(id);
    return inTransaction(this.deps.db, async (transaction) => {
      if (owner.organizationId !== null) await keepOrganization(transaction, owner.organizationId);
      if (owner.teamId !== null) await keepTeam(transaction, owner.teamId);
      await requireRoom(transaction, owner.organizationId);
      const [row] = await transaction.sql.run(insertWebhook, { id, url, events, ...owner, secret: sealed });
      const webhook = row as Row;
      const act = { ...ofWebhook("createWebhook", webhook), before: null, after: shownWebhook(webhook) };
      await this.deps.trail.record(transaction, viewer, act);
      return { webhook, secret: clear };
    });
  }

  /** Of whom a webhook is told. Throws NOT_FOUND if the viewer does not reach it, or the team is another organization's. */
  private async ownerOf(
    viewer: KnownViewer,
    { organizationId, teamId }: CreateWebhookInput,
  ): Promise<Pick<Row, "organizationId" | "teamId">> {
    const { organizations, teams } = this.deps;
    if (organizationId != null) await organizations.get(viewer, organizationId);
    if (teamId != null) {
      const team = await teams.get(viewer, teamId);
      if (organizationId != null && team.organizationId !== organizationId) throw notFound("team", teamId);
      return { organizationId: team.organizationId, teamId };
    }
    const ofKey = viewer.kind === "organization" ? viewer.organizationId : null;
    return { organizationId: organizationId ?? ofKey, teamId: null };
  }

  /** Changes what is given. */
  async update(viewer: Viewer, input: UpdateWebhookInput): Promise<Row> {
    authorize(viewer, "webhook.update");
    const { id, url = null, events = null, isEnabled = null } = validate(input);
    if (url !== null) requireUrl(url, this.deps.allowsPrivate);
    if (events !== null) requireAskable(events);
    return inTransaction(this.deps.db, async (transaction) => {
      const before = shownWebhook(await this.lock(viewer, transaction, id));
      const [row] = await transaction.sql.run(changeWebhook, { id, url, events, isEnabled });
      const webhook = row as Row;
      const act = { ...ofWebhook("updateWebhook", webhook), before, after: shownWebhook(webhook) };
      await this.deps.trail.recordChange(transaction, viewer, act);
      return webhook;
    });
  }

  /** Deletes a webhook. Nothing is sent to it any more, but for what is being sent at the moment. */
  async delete(viewer: Viewer, id: string): Promise<string> {
    authorize(viewer, "webhook.delete");
    return inTransaction(this.deps.db, async (transaction) => {
      const webhook = await this.lock(viewer, transaction, id);
      await transaction.sql.run(deleteWebhook, { id: webhook.id });
      const act = { ...ofWebhook("deleteWebhook", webhook), before: shownWebhook(webhook), after: null };
      await this.deps.trail.record(transaction, viewer, act);
      return webhook.id;
    });
  }

  /** Gives a webhook a new secret, and returns it in clear, only this once. The one before signs as well for the grace. */
  async rotateSecret(viewer: Viewer, id: string, grace: number | null): Promise<{ webhook: Row; secret: string }> {
    authorize(viewer, "webhook.update");
    const graceSeconds = grace ?? GRACE_SECONDS_DEFAULT;
    requireGrace(graceSeconds);
    return inTransaction(this.deps.db, async (transaction) => {
      const found = await this.lock(viewer, transaction, id);
      const { clear, sealed } = this.deps.secrets.mint(found.id);
      const [row] = await transaction.sql.run(rotateSecret, { id: found.id, secret: sealed, graceSeconds });
      const act = { ...ofWebhook("rotateWebhookSecret", found), before: {}, after: { graceSeconds } };
      await this.deps.trail.record(transaction, viewer, act);
      return { webhook: row as Row, secret: clear };
    });
  }

  /** Locks a webhook until the transaction ends. Throws NOT_FOUND if the viewer does not reach it. */
  async lock(viewer: KnownViewer, { sql }: Transaction, id: string): Promise<Row> {
    const [row] = isUuid(id) ? await sql.run(lockWebhook, { id }) : [];
    return reached(viewer, id, row);
  }
}

/** A webhook of the admin's own is nobody else's. */
function reached(viewer: KnownViewer, id: string, row: Row | undefined): Row {
  const reach = reachOf(viewer);
  if (row && (reach.kind === "everything" || row.organizationId === reach.organizationId)) return row;
  throw notFound("webhook", id);
}

function requireAskable(events: readonly WebhookEventType[]): void {
  if (events.includes(WebhookEventType.WEBHOOK_TEST))
    throw invalid("input.events", "must not name WEBHOOK_TEST, which is sent without being asked for", events);
}

async function requireRoom({ sql }: Transaction, organizationId: string | null): Promise<void> {
  await sql.run(lockWebhooks, {});
  const [count] = await sql.run(countWebhooks, { organizationId });
  const { inAll = 0, ofOwner = 0 } = count ?? {};
  if (ofOwner >= WEBHOOKS_OF_OWNER_MAX)
    throw new DomainError("INVALID_STATE", `There are ${ofOwner} webhooks of this owner, and more are not allowed.`, {
      organizationId,
    });
  if (inAll >= WEBHOOKS_MAX)
    throw new DomainError("INVALID_STATE", `There are ${inAll} webhooks in this gateway, and more are not allowed.`);
}
