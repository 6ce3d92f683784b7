/** The texts that clients are written against. Null means that the text does not exist at that point of the history. */
export interface Contract {
  readonly graphql: string | null;
  readonly openApi: string | null;
}

export const CONTRACT_FILES = { graphql: "schema.graphql", openApi: "openapi.json" } as const;
