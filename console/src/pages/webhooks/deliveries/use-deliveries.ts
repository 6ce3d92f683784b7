import { useQuery } from "@apollo/client/react";
import { useEffect } from "react";
import { DeliveriesDocument } from "../../../api/graphql";
import type { DeliveriesSearch } from "../webhooks-search";
import { renewed } from "./renewed";

/** How often the newest deliveries are read anew: while some are on their way, and else. */
const PENDING_MS = 2_000;
const IDLE_MS = 10_000;

/** The deliveries of a webhook. They are read anew as long as the page is open and in sight. */
export function useDeliveries(id: string, { status, event }: DeliveriesSearch) {
  const filter = { ...(status && { status: [status] }), ...(event && { event: [event] }) };
  const asked = useQuery(DeliveriesDocument, { variables: { id, filter } });
  const { data, fetchMore } = asked;
  const rows = data?.webhook?.deliveries.edges.map(({ node }) => node) ?? [];
  const isPending = rows.some((row) => row.status === "PENDING");

  useEffect(() => {
    const timer = setInterval(
      () => {
        if (document.hidden) return;
        const renewal = fetchMore({
          variables: { after: null },
          updateQuery: (before, { fetchMoreResult: { webhook } }) =>
            before.webhook && webhook
              ? { webhook: { ...webhook, deliveries: renewed(before.webhook.deliveries, webhook.deliveries) } }
              : before,
        });
        // What could not be renewed is tried again with the next round.
        renewal.catch(() => undefined);
      },
      isPending ? PENDING_MS : IDLE_MS,
    );
    return () => clearInterval(timer);
  }, [fetchMore, isPending]);

  return { asked, rows, more: () => fetchMore({ variables: { after: data?.webhook?.deliveries.pageInfo.endCursor } }) };
}
