import { useMutation, useQuery } from "@apollo/client/react";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { ModelPricesDocument, type PriceFragment, RemoveModelPriceDocument } from "../../../api/graphql";
import { formatExactUsd } from "../../../format/money";
import { useSession } from "../../../session/session";
import { Button } from "../../../ui/button";
import { Card } from "../../../ui/card";
import { ConfirmDialog } from "../../../ui/dialogs/confirm-dialog";
import { Empty, Loaded, Skeleton } from "../../../ui/states";
import { type Column, DataTable } from "../../../ui/table/data-table";
import { Time } from "../../../ui/time";
import { PriceDialog } from "./price-dialog";

/** The prices that the admin has set, which come before those of the price table. */
export function PriceList() {
  const session = useSession();
  const asked = useQuery(ModelPricesDocument);
  const [remove] = useMutation(RemoveModelPriceDocument, { refetchQueries: [ModelPricesDocument] });
  const [edited, setEdited] = useState<PriceFragment | "new" | null>(null);
  const [removed, setRemoved] = useState<string | null>(null);
  const maySet = session.may("modelPrice.set");
  const columns = useMemo(() => columnsOf(maySet, setEdited, setRemoved), [maySet]);
  const add = maySet && (
    <Button tone="primary" onClick={() => setEdited("new")}>
      <Plus size={14} aria-hidden /> New price
    </Button>
  );
  return (
    <Card title="Prices" note="USD per million tokens" action={add}>
      <Loaded asked={asked} skeleton={<Skeleton lines={6} className="h-7" />}>
        {({ modelPrices }) => (
          <DataTable
            label="Prices"
            columns={columns}
            rows={modelPrices?.edges.map(({ node }) => node) ?? []}
            rowId={({ model }) => model}
            hasMore={modelPrices?.pageInfo.hasNextPage ?? false}
            onMore={() => asked.fetchMore({ variables: { after: modelPrices?.pageInfo.endCursor ?? null } })}
            empty={
              <Empty title="No price is set here.">
                Calls cost what the built-in price table says, or what the upstream reports. A price that you set for a
                model comes before both.
              </Empty>
            }
          />
        )}
      </Loaded>
      {edited && <PriceDialog price={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
      <ConfirmDialog
        title={`Remove the price of ${removed}`}
        follows="Its calls cost what the price table or the upstream says from now on. Those of the past keep their cost."
        name={removed ?? ""}
        act="Remove"
        isOpen={removed !== null}
        onClose={() => setRemoved(null)}
        onConfirm={() => remove({ variables: { model: removed ?? "" } })}
      />
    </Card>
  );
}

function columnsOf(
  maySet: boolean,
  onEdit: (price: PriceFragment) => void,
  onRemove: (model: string) => void,
): readonly Column<PriceFragment>[] {
  return [
    { id: "model", header: "Model", cell: ({ model }) => model, sortBy: ({ model }) => model },
    { id: "input", header: "Input", isNumber: true, cell: (price) => formatExactUsd(price.inputUsdPerMillionTokens) },
    {
      id: "output",
      header: "Output",
      isNumber: true,
      cell: (price) => formatExactUsd(price.outputUsdPerMillionTokens),
    },
    {
      id: "cached",
      header: "Cached input",
      isNumber: true,
      isExtra: true,
      cell: ({ cachedInputUsdPerMillionTokens: cached }) => (cached === null ? "as input" : formatExactUsd(cached)),
    },
    {
      id: "since",
      header: "Since",
      isExtra: true,
      cell: ({ updatedAt }) => <Time at={updatedAt} className="text-dim" />,
    },
    {
      id: "acts",
      header: "",
      isNumber: true,
      cell: (price) =>
        maySet && (
          <>
            <Button tone="quiet" aria-label={`Edit the price of ${price.model}`} onClick={() => onEdit(price)}>
              Edit
            </Button>
            <Button
              tone="quiet"
              aria-label={`Remove the price of ${price.model}`}
              onClick={() => onRemove(price.model)}
            >
              Remove
            </Button>
          </>
        ),
    },
  ];
}
