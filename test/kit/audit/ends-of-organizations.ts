import { emptyId, ofEmpty, ofId, own, type TriedAct } from "./tried-act.js";

/** Acts after which an organization, or its key, works no more. */
export const ENDS_OF_ORGANIZATIONS: Readonly<Record<string, TriedAct>> = {
  revokeOrganizationKey: {
    query: ofId("revokeOrganizationKey"),
    variables: ({ organizationKey }) => ({ id: organizationKey.id }),
    type: "OrganizationKey",
    subject: ({ organizationKey }) => organizationKey.id,
    organization: own,
    before: { revokedAt: null },
    isRepeatable: true,
  },
  suspendOrganization: {
    ...ofEmpty,
    query: ofId("suspendOrganization"),
    variables: emptyId,
    before: { status: "ACTIVE" },
    after: { status: "SUSPENDED" },
    isRepeatable: true,
  },
  resumeOrganization: {
    ...ofEmpty,
    query: ofId("resumeOrganization"),
    variables: emptyId,
    before: { status: "SUSPENDED" },
    after: { status: "ACTIVE" },
    isRepeatable: true,
  },
  deleteOrganization: {
    ...ofEmpty,
    query: ofId("deleteOrganization"),
    variables: emptyId,
    before: { status: "ACTIVE" },
    after: { status: "DELETED" },
    isRepeatable: true,
  },
};
