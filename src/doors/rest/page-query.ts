import type { JsonSchema } from "../../edge/http/json-schema.js";

const LIMIT_MAX = 100;
const OFFSET_MAX = 10_000;

/** The query of a list, within the limits that services have for their pages. */
export const PAGE_QUERY: Readonly<Record<string, JsonSchema>> = {
  limit: {
    type: "integer",
    minimum: 1,
    maximum: LIMIT_MAX,
    default: LIMIT_MAX,
    description: `How many at most, 1 to ${LIMIT_MAX}.`,
  },
  offset: {
    type: "integer",
    minimum: 0,
    maximum: OFFSET_MAX,
    default: 0,
    description: `How many to pass over first, 0 to ${OFFSET_MAX}. To walk a longer list, use a GraphQL connection.`,
  },
};

export interface PageQuery {
  readonly limit: number;
  readonly offset: number;
}

/** The page, as services call it. */
export const pageOf = ({ limit, offset }: PageQuery) => ({ first: limit, offset });
