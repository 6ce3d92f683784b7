import { authorize, reachOf } from "../../../auth/policy.js";
import { type AdminViewer, actorOf, type OrganizationViewer, type Viewer } from "../../../auth/viewer.js";
import type { Db } from "../../../db/client.js";
import { orAlreadyExists } from "../../../db/failure.js";
import { inTransaction, type Transaction } from "../../../db/transaction.js";
import type { Team } from "../../../generated/prisma/client.js";
import { invalid, validate } from "../../../input/validate.js";
import type { Clock } from "../../../lib/clock.js";
import type { AuditTrail } from "../../audit/audit-trail.js";
import { BILLED_BY_JOB, changedBilling } from "../../budgets/billing-settings.js";
import { type Ledger, PAID_FOR_EVER } from "../../credits/ledger.js";
import type { KeyService, VirtualKeyRow } from "../../keys/key.service.js";
import type { LimitSettings } from "../../limits/limit-settings.js";
import type { ModelGroupService } from "../../models/groups/model-group.service.js";
import { keepOrganization } from "../../organizations/kept-account.js";
import type { OrganizationService } from "../../organizations/organization.service.js";
import type { CreateTeamInput } from "../team.input.js";
import { ofTeam, shownCosts, shownTeam } from "./shown-team.js";

export interface TeamCreationDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly organizations: OrganizationService;
  readonly keys: KeyService;
  readonly limitSettings: LimitSettings;
  readonly modelGroups: ModelGroupService;
  readonly ledger: Ledger;
  readonly trail: AuditTrail;
  readonly defaultOrganization: string | null;
}

/** A team with its first key, whose secret is shown only this once. */
export interface NewTeam {
  readonly team: Team;
  readonly virtualKey: string;
  readonly key: VirtualKeyRow;
}

/** Makes teams. */
export class TeamCreation {
  constructor(private readonly deps: TeamCreationDeps) {}

  /** Writes the team, its groups, its account with the first grant and its first key, all or nothing. */
  async create(viewer: Viewer, input: CreateTeamInput): Promise<NewTeam> {
    authorize(viewer, "team.create");
    if (input.billing != null) authorize(viewer, "team.bill");
    const { id, alias, modelGroups, creditsAllocated, metadata } = validate(input);
    const organizationId = input.organizationId ?? this.ownerOf(viewer);
    const { limitSettings } = this.deps;
    const limits = limitSettings.of(input.limits, "input.limits");
    const defaultKeyLimits = limitSettings.of(input.defaultKeyLimits, "input.defaultKeyLimits");
    await this.deps.organizations.get(viewer, organizationId);
    const now = this.deps.clock.now();
    const names = { id, organizationId, alias: alias ?? id, metadata: metadata ?? {} };
    const billing = changedBilling(BILLED_BY_JOB, input.billing ?? {}, now);
    const data = { ...names, limits, defaultKeyLimits, ...billing, createdAt: now, updatedAt: now };
    const work = () =>
      inTransaction(this.deps.db, async (transaction) => {
        await keepOrganization(transaction, organizationId);
        const team = await transaction.tx.team.create({ data });
        await this.deps.modelGroups.assign(transaction, reachOf(viewer), id, modelGroups ?? []);
        await this.deps.ledger.openOfTeam(transaction, id);
        await this.allocate(transaction, viewer, id, creditsAllocated ?? 0);
        const minted = await this.deps.keys.mint(transaction.tx, { teamId: id, name: null, expiresAt: null });
        await this.record(transaction, viewer, team, { modelGroups, creditsAllocated, keyId: minted.key.id });
        return { team, ...minted };
      });
    return orAlreadyExists("team", id, work);
  }

  /** The organization that owns a new team of the viewer if it names none. */
  private ownerOf(viewer: AdminViewer | OrganizationViewer): string {
    const owner = viewer.kind === "organization" ? viewer.organizationId : this.deps.defaultOrganization;
    if (owner === null) throw invalid("input.organizationId", "must be given: DEFAULT_ORGANIZATION is not set", owner);
    return owner;
  }

  /** Gives a new team its first credits. What an organization's key gives comes out of the pool. */
  private async allocate(
    transaction: Transaction,
    viewer: AdminViewer | OrganizationViewer,
    teamId: string,
    credits: number,
  ): Promise<void> {
    if (credits === 0) return;
    const { ledger } = this.deps;
    const gift = { credits, reason: "Initial allocation", actor: actorOf(viewer) };
    if (viewer.kind === "admin") {
      await ledger.grant(transaction, { accountId: teamId, ...gift, ...PAID_FOR_EVER });
      return;
    }
    const from = await ledger.openPool(transaction, viewer.organizationId);
    await ledger.lock(transaction, [from]);
    await ledger.transfer(transaction, { from, to: teamId, ...gift });
  }

  private async record(
    transaction: Transaction,
    viewer: AdminViewer | OrganizationViewer,
    team: Team,
    { modelGroups, ...more }: Pick<CreateTeamInput, "modelGroups" | "creditsAllocated"> & { readonly keyId: string },
  ): Promise<void> {
    const { trail } = this.deps;
    const after = {
      ...shownTeam(team, modelGroups ?? []),
      creditsAllocated: more.creditsAllocated ?? 0,
      keyId: more.keyId,
    };
    await trail.record(transaction, viewer, { ...ofTeam("createTeam", team), before: null, after });
    const costs = { ...ofTeam("createTeam", team), organizationId: null, after: shownCosts(team) };
    await trail.recordChange(transaction, viewer, { ...costs, before: shownCosts({ ...team, ...BILLED_BY_JOB }) });
  }
}
