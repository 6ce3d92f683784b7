import { useMutation } from "@apollo/client/react";
import { useMemo, useState } from "react";
import {
  DeliveriesDocument,
  type DeliveryFragment,
  type EndpointFragment,
  TestWebhookDocument,
} from "../../../api/graphql";
import { formatDuration } from "../../../format/time";
import { useSession } from "../../../session/session";
import { Button } from "../../../ui/button";
import { Card } from "../../../ui/card";
import { SelectField } from "../../../ui/fields";
import { Empty, Failed, Loaded, Skeleton } from "../../../ui/states";
import { type Column, DataTable } from "../../../ui/table/data-table";
import { Time } from "../../../ui/time";
import { DELIVERED, eventName, STATES } from "../events";
import type { DeliveriesSearch } from "../webhooks-search";
import { DeliveryChip } from "./delivery-chip";
import { DeliveryDialog } from "./delivery-dialog";
import { useDeliveries } from "./use-deliveries";

interface Props {
  readonly webhook: EndpointFragment;
  readonly search: DeliveriesSearch;
  onSearch(search: DeliveriesSearch): void;
}

/** What was sent to the webhook, or is to be. */
export function DeliveriesCard({ webhook, search, onSearch }: Props) {
  const { id, isEnabled } = webhook;
  const session = useSession();
  const { asked, rows, more } = useDeliveries(id, search);
  const [test, testing] = useMutation(TestWebhookDocument, { refetchQueries: [DeliveriesDocument] });
  const [openedId, setOpenedId] = useState<string | null>(null);
  const columns = useMemo(() => columnsOf(setOpenedId), []);
  const opened = rows.find((row) => row.id === openedId);
  const mayTest = isEnabled && session.may("webhook.update");
  const sendTest = mayTest && (
    <Button disabled={testing.loading} onClick={() => void test({ variables: { id } }).catch(() => undefined)}>
      Send a test
    </Button>
  );
  const isFiltered = search.status !== undefined || search.event !== undefined;
  return (
    <Card title="Deliveries" note="newest first, kept for 32 days" action={sendTest}>
      {testing.error && <Failed error={testing.error} />}
      <Filter search={search} onSearch={onSearch} />
      <Loaded asked={asked} skeleton={<Skeleton lines={6} className="h-7" />}>
        {(data) => (
          <DataTable
            label="Deliveries"
            columns={columns}
            rows={rows}
            rowId={(row) => row.id}
            hasMore={data.webhook?.deliveries.pageInfo.hasNextPage ?? false}
            onMore={more}
            empty={
              <Empty title={isFiltered ? "No delivery fits." : "Nothing was sent yet."}>
                {!isFiltered && "The first event comes with what happens next. A test comes at once."}
              </Empty>
            }
          />
        )}
      </Loaded>
      {opened && <DeliveryDialog delivery={opened} mayReplay={mayTest} onClose={() => setOpenedId(null)} />}
    </Card>
  );
}

function Filter({ search, onSearch }: Pick<Props, "search" | "onSearch">) {
  const { status, event } = search;
  return (
    <div className="mb-3 flex flex-wrap gap-x-4 gap-y-2">
      <SelectField
        label="Status"
        value={status ?? ""}
        options={[["", "Any status"], ...STATES]}
        onChange={(next) => onSearch({ ...(event && { event }), ...(next !== "" && { status: next }) })}
      />
      <SelectField
        label="Event"
        value={event ?? ""}
        options={[["", "Any event"], ...DELIVERED]}
        onChange={(next) => onSearch({ ...(status && { status }), ...(next !== "" && { event: next }) })}
      />
    </div>
  );
}

const columnsOf = (onOpen: (id: string) => void): readonly Column<DeliveryFragment>[] => [
  {
    id: "event",
    header: "Event",
    cell: ({ id, event }) => (
      <button type="button" className="text-left hover:underline" onClick={() => onOpen(id)}>
        {eventName(event)}
      </button>
    ),
  },
  { id: "status", header: "Status", cell: ({ status }) => <DeliveryChip status={status} /> },
  { id: "when", header: "Happened", cell: ({ createdAt }) => <Time at={createdAt} className="text-dim" /> },
  { id: "tries", header: "Tries", isNumber: true, cell: ({ tries }) => tries.length },
  {
    id: "last",
    header: "Last try",
    isExtra: true,
    cell: ({ tries }) => {
      const last = tries.at(-1);
      if (!last) return <span className="text-faint">none so far</span>;
      return (
        <span className={last.error ? "text-bad" : "text-dim"}>
          {last.error ?? `status ${last.httpStatus}`} · {formatDuration(last.ms)}
        </span>
      );
    },
  },
  {
    id: "next",
    header: "Next try",
    isExtra: true,
    cell: ({ nextTryAt }) => nextTryAt && <Time at={nextTryAt} className="text-dim" />,
  },
];
