/**
 * The operations that are recorded, by the names of their mutations. What a team does in its own jobs is its work, and is
 * not among them; the admin or an organization that cancels a call or ends a job of a team is.
 */
export const RECORDED_OPERATIONS = [
  "createOrganization",
  "updateOrganization",
  "suspendOrganization",
  "resumeOrganization",
  "deleteOrganization",
  "createOrganizationKey",
  "revokeOrganizationKey",
  "createModelGroup",
  "updateModelGroup",
  "deleteModelGroup",
  "setModelPrice",
  "removeModelPrice",
  "createTeam",
  "updateTeam",
  "setTeamModelGroups",
  "suspendTeam",
  "resumeTeam",
  "deleteTeam",
  "resetTeamCounters",
  "createVirtualKey",
  "updateVirtualKey",
  "rotateVirtualKey",
  "revokeVirtualKey",
  "resetVirtualKeyCounters",
  "addCredits",
  "adjustCredits",
  "grantOrganizationCredits",
  "transferCredits",
  "completeJob",
  "cancelLlmCall",
  "createWebhook",
  "updateWebhook",
  "deleteWebhook",
  "rotateWebhookSecret",
  "testWebhook",
  "replayWebhookDelivery",
] as const;
export type RecordedOperation = (typeof RECORDED_OPERATIONS)[number];

/** What acts are about, by the names of the types. */
type SubjectType =
  | "Organization"
  | "OrganizationKey"
  | "ModelGroup"
  | "ModelPrice"
  | "Team"
  | "VirtualKey"
  | "Job"
  | "LlmCall"
  | "Webhook"
  | "WebhookDelivery";

/**
 * A thing as an act finds it or leaves it: its public fields under their public names. It has no secret, no hash of one,
 * and nothing that somebody has said to a model.
 */
export type Shown = Readonly<Record<string, unknown>>;

/** What somebody does who administers. */
export interface Act {
  readonly operation: RecordedOperation;
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  /** Whose keys see the line of it. Null if it is for the admin alone. */
  readonly organizationId: string | null;
  /** Null if the subject was not there before. */
  readonly before: Shown | null;
  /** Null if the subject is not there any more. */
  readonly after: Shown | null;
}
