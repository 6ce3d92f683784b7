/** The texts that clients are written against; null for one that does not exist at that point of the history. */
export interface Contract {
  readonly graphql: string | null;
  readonly openApi: string | null;
}

export const CONTRACT_FILES = { graphql: "schema.graphql", openApi: "openapi.json" } as const;
