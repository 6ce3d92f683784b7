import type { Stage } from "./stage.js";

/** An act on a stage, and what its line must say. */
export interface TriedAct {
  readonly query: string;
  variables(stage: Stage): Record<string, unknown>;
  /** Undefined means that it is new, and gets its id from the answer. */
  subject(stage: Stage): string | undefined;
  /** Null if it is for the admin alone. */
  organization(stage: Stage): string | null;
  readonly type: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Whether sending the same again changes nothing. */
  readonly isRepeatable?: true;
}

export const ofInput = (operation: string, type: string, selection = "{ __typename }") =>
  `mutation ($input: ${type}!) { ${operation}(input: $input) ${selection} }`;
export const ofId = (operation: string, selection = "{ __typename }") =>
  `mutation ($id: ID!) { ${operation}(id: $id) ${selection} }`;

export const own = ({ organization }: Stage) => organization.id;
export const nobody = () => null;
export const ofOrganization = { type: "Organization", subject: own, organization: own };
export const ofEmpty = {
  type: "Organization",
  subject: ({ empty }: Stage) => empty.id,
  organization: ({ empty }: Stage) => empty.id,
};
export const ofTeam = { type: "Team", subject: ({ team }: Stage) => team.id, organization: own };
export const ofKey = { type: "VirtualKey", subject: ({ keyId }: Stage) => keyId, organization: own };
export const isNew = () => undefined;
export const teamId = ({ team }: Stage) => ({ id: team.id });
export const emptyId = ({ empty }: Stage) => ({ id: empty.id });
export const keyId = (stage: Stage) => ({ id: stage.keyId });
