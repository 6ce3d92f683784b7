import { Type } from "typebox";
import { PAGE_FIRST_MAX, PAGE_OFFSET_MAX } from "../../input/page-window.js";

/** The query parameters of a list. */
export const PAGE_QUERY = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: PAGE_FIRST_MAX,
      default: PAGE_FIRST_MAX,
      description: `How many items the answer has at most, from 1 to ${PAGE_FIRST_MAX}.`,
    }),
  ),
  offset: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: PAGE_OFFSET_MAX,
      default: 0,
      description: `How many items of the list are passed over, from 0 to ${PAGE_OFFSET_MAX}. Use a GraphQL connection to walk a longer list.`,
    }),
  ),
};

/** Returns the page that a query asks for, as services know it. */
export const pageOf = ({ limit = PAGE_FIRST_MAX, offset = 0 }: { limit?: number; offset?: number }) => ({
  first: limit,
  offset,
});
