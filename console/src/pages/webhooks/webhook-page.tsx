import { useQuery } from "@apollo/client/react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { WebhookDocument } from "../../api/graphql";
import { Card } from "../../ui/card";
import { Facts } from "../../ui/facts";
import { Note } from "../../ui/note";
import { PageHead } from "../../ui/page-head";
import { Loaded, Skeleton } from "../../ui/states";
import { Time } from "../../ui/time";
import { DeliveriesCard } from "./deliveries/deliveries-card";
import { EnabledChip } from "./enabled-chip";
import { eventName } from "./events";
import { WebhookActs } from "./webhook-acts";
import { Whose } from "./whose";

const route = getRouteApi("/webhooks/$id");

/** A webhook: what it is told of, and what became of each event. */
export function WebhookPage() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const asked = useQuery(WebhookDocument, { variables: { id } });
  return (
    <Loaded asked={asked} skeleton={<Skeleton lines={4} className="h-28" />}>
      {({ webhook }) =>
        webhook && (
          <>
            <PageHead
              title={new URL(webhook.url).host}
              above={<Link to="/webhooks">Webhooks</Link>}
              beside={<EnabledChip isEnabled={webhook.isEnabled} />}
            >
              <WebhookActs webhook={webhook} />
            </PageHead>
            <Card className="mb-3.5">
              <Facts
                facts={[
                  [
                    "Address",
                    <span key="url" className="break-all font-mono text-[12.5px]">
                      {webhook.url}
                    </span>,
                  ],
                  ["Told of", <Whose key="whose" webhook={webhook} />],
                  ["Events", webhook.events.map(eventName).join(", ")],
                  ["Since", <Time key="since" at={webhook.createdAt} />],
                ]}
              />
              {!webhook.isEnabled && (
                <div className="mt-3">
                  <Note tone="warn">
                    Nothing is sent to it. It was disabled by hand, or because its receiver answered with the status
                    410.
                  </Note>
                </div>
              )}
            </Card>
            <DeliveriesCard
              webhook={webhook}
              search={search}
              onSearch={(next) => navigate({ search: next, replace: true })}
            />
          </>
        )
      }
    </Loaded>
  );
}
