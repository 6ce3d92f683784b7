import { useQuery } from "@apollo/client/react";
import { Plus } from "lucide-react";
import { useState } from "react";
import {
  type GroupFragment,
  ModelCircuitsDocument,
  ModelFiguresDocument,
  ModelGroupsDocument,
} from "../../../api/graphql";
import { useRange } from "../../../period/use-range";
import { useSession } from "../../../session/session";
import { Button } from "../../../ui/button";
import { Empty, Loaded, Skeleton } from "../../../ui/states";
import { GroupCard } from "./group-card";
import { GroupDialog } from "./group-dialog";

const RENEWED_EVERY_MS = 10_000;

/** All groups, with how their models did in the last 24 hours. */
export function GroupList() {
  const session = useSession();
  const range = useRange({ period: "24h" });
  const asked = useQuery(ModelGroupsDocument);
  const circuits = useQuery(ModelCircuitsDocument, {
    skip: !session.may("circuit.read"),
    pollInterval: RENEWED_EVERY_MS,
  });
  const figures = useQuery(ModelFiguresDocument, {
    variables: {
      input: {
        from: range.from.toISOString(),
        to: range.to.toISOString(),
        granularity: "ALL",
        groupBy: ["MODEL_GROUP", "MODEL"],
        first: 1000,
      },
    },
  });
  const [edited, setEdited] = useState<GroupFragment | "new" | null>(null);
  const mayCreate = session.may("modelGroup.create");
  const create = mayCreate && (
    <Button tone="primary" onClick={() => setEdited("new")}>
      <Plus size={14} aria-hidden /> New group
    </Button>
  );

  return (
    <Loaded asked={asked} skeleton={<Skeleton lines={3} className="h-40" />}>
      {({ modelGroups }) => {
        const groups = modelGroups?.edges.map(({ node }) => node) ?? [];
        const { hasNextPage, endCursor } = modelGroups?.pageInfo ?? {};
        return (
          <>
            {groups.length === 0 ? (
              <Empty title="There is no model group yet.">
                <p className="mb-3">
                  A group names the models that answer a call, in the order in which they are tried. Teams call groups,
                  not models.
                </p>
                {create}
              </Empty>
            ) : (
              <>
                <div className="mb-3.5 flex items-center justify-between gap-3">
                  <p className="text-dim text-xs">Shares, errors and first tokens are those of the last 24 hours.</p>
                  {create}
                </div>
                <div className="grid gap-3.5 xl:grid-cols-2">
                  {groups.map((group) => (
                    <GroupCard
                      key={group.id}
                      group={group}
                      circuits={circuits.data?.modelCircuits ?? null}
                      rows={figures.data?.usage?.rows ?? []}
                      onEdit={() => setEdited(group)}
                    />
                  ))}
                </div>
                {hasNextPage && (
                  <Button
                    className="mt-3.5"
                    onClick={() => asked.fetchMore({ variables: { after: endCursor ?? null } })}
                  >
                    More groups
                  </Button>
                )}
              </>
            )}
            {edited && <GroupDialog group={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
          </>
        );
      }}
    </Loaded>
  );
}
