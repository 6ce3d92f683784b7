import { useQuery } from "@apollo/client/react";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { type EndpointFragment, WebhooksDocument } from "../../api/graphql";
import { useSession } from "../../session/session";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { PageHead } from "../../ui/page-head";
import { Empty, Loaded, Skeleton } from "../../ui/states";
import { type Column, DataTable } from "../../ui/table/data-table";
import { Time } from "../../ui/time";
import { EnabledChip } from "./enabled-chip";
import { eventName } from "./events";
import { NewWebhookDialog } from "./new-webhook-dialog";
import { Whose } from "./whose";

/** Where events are posted to. */
export function WebhooksPage() {
  const session = useSession();
  const asked = useQuery(WebhooksDocument);
  const [isNew, setIsNew] = useState(false);
  const create = session.may("webhook.create") && (
    <Button tone="primary" onClick={() => setIsNew(true)}>
      <Plus size={14} aria-hidden /> New webhook
    </Button>
  );
  return (
    <>
      <PageHead title="Webhooks">{create}</PageHead>
      <Card>
        <Loaded asked={asked} skeleton={<Skeleton lines={6} className="h-7" />}>
          {({ webhooks }) => (
            <DataTable
              label="Webhooks"
              columns={COLUMNS}
              rows={webhooks?.edges.map(({ node }) => node) ?? []}
              rowId={({ id }) => id}
              hasMore={webhooks?.pageInfo.hasNextPage ?? false}
              onMore={() => asked.fetchMore({ variables: { after: webhooks?.pageInfo.endCursor ?? null } })}
              empty={
                <Empty title="There is no webhook yet.">
                  <p className="mb-3">
                    A webhook is an address that is told of events by signed requests, such as a job that failed.
                  </p>
                  {create}
                </Empty>
              }
            />
          )}
        </Loaded>
      </Card>
      {isNew && <NewWebhookDialog onClose={() => setIsNew(false)} />}
    </>
  );
}

const COLUMNS: readonly Column<EndpointFragment>[] = [
  {
    id: "url",
    header: "Address",
    cell: ({ id, url }) => (
      <Link to="/webhooks/$id" params={{ id }} className="break-all hover:underline">
        {url}
      </Link>
    ),
    sortBy: ({ url }) => url,
  },
  { id: "enabled", header: "State", cell: ({ isEnabled }) => <EnabledChip isEnabled={isEnabled} /> },
  {
    id: "whose",
    header: "Told of",
    isExtra: true,
    cell: (webhook) => <Whose webhook={webhook} />,
  },
  {
    id: "events",
    header: "Events",
    isExtra: true,
    cell: ({ events }) => <span className="text-dim">{events.map(eventName).join(", ")}</span>,
  },
  {
    id: "created",
    header: "Since",
    isExtra: true,
    cell: ({ createdAt }) => <Time at={createdAt} className="text-dim" />,
    sortBy: ({ createdAt }) => createdAt,
  },
];
