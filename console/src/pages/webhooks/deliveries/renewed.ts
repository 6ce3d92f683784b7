import type { DeliveriesQuery } from "../../../api/graphql";

type Page = NonNullable<DeliveriesQuery["webhook"]>["deliveries"];

/**
 * Returns a list whose newest page was read anew. The pages behind it stay, if the list goes on where they begin.
 * Otherwise so much has changed that the list begins anew.
 */
export function renewed(before: Page, newest: Page): Page {
  const last = newest.edges.at(-1)?.node.id;
  const at = before.edges.findIndex(({ node }) => node.id === last);
  if (!newest.pageInfo.hasNextPage || at === -1 || at === before.edges.length - 1) return newest;
  return { ...newest, edges: [...newest.edges, ...before.edges.slice(at + 1)], pageInfo: before.pageInfo };
}
