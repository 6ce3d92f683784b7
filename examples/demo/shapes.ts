/** Who works: the parts of the API's types that the demo sends and selects. schema.graphql describes every field. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export interface OrganizationInput {
  readonly id: string;
  readonly name: string;
  readonly metadata: JsonRecord;
}

export interface Organization extends OrganizationInput {
  readonly status: string;
}

export interface ModelGroup {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly models: readonly { readonly name: string; readonly priority: number }[];
}

export interface TeamInput {
  readonly organizationId: string;
  readonly id: string;
  readonly alias: string;
  readonly modelGroups: readonly string[];
  readonly creditsAllocated: number;
}

export interface Credits {
  readonly allocated: number;
  readonly used: number;
  readonly held: number;
  readonly remaining: number;
  readonly available: number;
}

export interface NewTeam {
  /** The whole secret, which the gateway shows this once. */
  readonly virtualKey: string;
  readonly key: { readonly prefix: string; readonly status: string };
  readonly team: {
    readonly id: string;
    readonly alias: string;
    readonly organization: { readonly id: string };
    readonly modelGroups: readonly { readonly name: string }[];
    readonly credits: Credits;
  };
}

export interface CreditEntry {
  readonly kind: string;
  readonly credits: number;
  readonly heldCredits: number;
  readonly availableAfter: number;
  readonly heldAfter: number;
  readonly job: { readonly id: string } | null;
}

export interface TeamAccount {
  readonly id: string;
  readonly credits: Credits;
  readonly creditEntries: { readonly totalCount: number; readonly nodes: readonly CreditEntry[] };
}
