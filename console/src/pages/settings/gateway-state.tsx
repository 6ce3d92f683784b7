import { useQuery } from "@apollo/client/react";
import { LedgerTotalsDocument, SettingsDocument, type SettingsQuery } from "../../api/graphql";
import { formatCount, formatCounted } from "../../format/numbers";
import { formatDuration } from "../../format/time";
import { Card } from "../../ui/card";
import { Chip } from "../../ui/chip";
import { Facts } from "../../ui/facts";
import { Note } from "../../ui/note";
import { Loaded, Skeleton } from "../../ui/states";
import { type Column, DataTable } from "../../ui/table/data-table";
import { Time } from "../../ui/time";
import { UpstreamCards } from "./upstream-cards";

type System = NonNullable<SettingsQuery["system"]>;
type Setting = System["settings"][number];

const RENEWED_EVERY_MS = 10_000;

/** The process that answers, what it stands on, and what is configured. */
export function GatewayState() {
  const asked = useQuery(SettingsDocument, { pollInterval: RENEWED_EVERY_MS });
  return (
    <>
      <Loaded asked={asked} skeleton={<Skeleton lines={4} className="h-32" />}>
        {({ system }) => system && <Shown system={system} />}
      </Loaded>
      <Totals />
    </>
  );
}

function Shown({ system }: { readonly system: System }) {
  const { database, redis } = system;
  return (
    <>
      <div className="grid gap-3.5 xl:grid-cols-2">
        <Card title="Gateway" note="the process that answered">
          <Facts
            facts={[
              ["Version", system.version],
              ["Node.js", system.nodeVersion],
              ["Host", system.host],
              ["Process", system.processId],
              ["Started", <Time key="start" at={system.startedAt} />],
              ["Up for", formatDuration(system.uptimeSeconds * 1_000)],
            ]}
          />
        </Card>
        <Card title="Database" action={<Health isWell={database.fault === null} />}>
          <Facts
            facts={[
              ["Where", database.description],
              database.serverVersion && ["PostgreSQL", database.serverVersion],
              database.latencyMs !== null && ["Answers in", formatDuration(database.latencyMs)],
              database.appliedMigrations !== null && ["Migrations", formatCount(database.appliedMigrations)],
            ]}
          />
          {database.fault && <Note tone="bad">{database.fault}</Note>}
          {(database.pendingMigrations ?? []).length > 0 && (
            <Note tone="warn">These migrations are pending: {database.pendingMigrations?.join(", ")}.</Note>
          )}
        </Card>
        <UpstreamCards upstreams={system.upstreams} />
        <Card title="Redis" action={redis && <Health isWell={redis.isConnected} />}>
          {redis ? (
            <Facts facts={[["Address", redis.address]]} />
          ) : (
            <p className="text-dim">
              None is configured. With several processes, a stream is followed only through its own.
            </p>
          )}
        </Card>
      </div>
      <Card title="Variables" note="secrets are never shown">
        <DataTable
          label="Variables"
          columns={COLUMNS}
          rows={system.settings}
          rowId={({ name }) => name}
          empty={<p className="text-dim">There are none.</p>}
        />
      </Card>
    </>
  );
}

const Health = ({ isWell }: { readonly isWell: boolean }) => (
  <Chip tone={isWell ? "good" : "bad"}>{isWell ? "answers" : "away"}</Chip>
);

const COLUMNS: readonly Column<Setting>[] = [
  {
    id: "name",
    header: "Name",
    cell: ({ name }) => <code className="font-mono text-[12.5px]">{name}</code>,
    sortBy: ({ name }) => name,
  },
  { id: "value", header: "Value", cell: (setting) => <Value setting={setting} /> },
  {
    id: "from",
    header: "From",
    cell: ({ isDefault }) => <span className="text-dim">{isDefault ? "default" : "set"}</span>,
    sortBy: ({ isDefault }) => (isDefault ? 1 : 0),
  },
];

function Value({ setting: { name, value, isSecret, isDefault } }: { readonly setting: Setting }) {
  if (isSecret) return <span className="text-faint">{isDefault ? "secret, not set" : "secret, set"}</span>;
  if (value === null) return <span className="text-faint">none</span>;
  // Few people read 2592000000 as 30 days.
  const length = name.endsWith("_MS") && Number(value) >= 1_000 ? formatDuration(Number(value)) : null;
  return (
    <span className="break-all">
      {value} {length && <span className="ml-1 text-dim text-xs">{length}</span>}
    </span>
  );
}

/** All credits that there ever were, and where they are. */
function Totals() {
  const asked = useQuery(LedgerTotalsDocument);
  return (
    <Card title="Ledger" note="credits of all teams and pools">
      <Loaded asked={asked} skeleton={<Skeleton className="h-12" />}>
        {({ ledgerTotals: totals }) =>
          totals && (
            <>
              <Facts
                facts={[
                  ["Issued", formatCount(totals.issued)],
                  ["Earned", formatCount(totals.earned)],
                  ["Lapsed", formatCount(totals.lapsed)],
                  ["Available", formatCount(totals.available)],
                  ["Held", formatCount(totals.held)],
                ]}
              />
              <div className="mt-3">
                {totals.isBalanced && totals.unsoundAccounts === 0 ? (
                  <Note tone="good">They add up: no credit came from nowhere, and none was lost.</Note>
                ) : (
                  <Note tone="bad">
                    They do not add up. {formatCounted(totals.unsoundAccounts, "account is", "accounts are")} not sound.
                  </Note>
                )}
              </div>
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
