import { useQuery } from "@apollo/client/react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useMemo } from "react";
import { CallCountDocument, CallsDocument, type CallsQuery } from "../../api/graphql";
import { PeriodPicker } from "../../period/period-picker";
import { useRange } from "../../period/use-range";
import { Card } from "../../ui/card";
import { PageHead } from "../../ui/page-head";
import { Loaded, Skeleton } from "../../ui/states";
import { DataTable } from "../../ui/table/data-table";
import { CallCard } from "../../work/call/call-card";
import { ListEnd } from "../../work/list-end";
import { TotalCount } from "../../work/total-count";
import { useList } from "../../work/use-list";
import { ALL_COLUMNS, FEW_COLUMNS } from "./call-columns";
import { CallFilters } from "./call-filters";
import { callFilterOf, errorsInputOf, hasErrors } from "./calls-search";
import { ErrorGroups } from "./error-groups";
import { NoCalls } from "./no-calls";

const route = getRouteApi("/calls");
const PAGE_SIZE = 50;
const RENEWED_EVERY_MS = 10_000;

const listOf = ({ llmCalls }: CallsQuery) => llmCalls;

/** All calls that the key reaches, newest first, and above them the errors that they ended with. */
export function CallsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const range = useRange(search);
  const { call, ...filters } = search;
  const { period: _, from: __, to: ___, ...others } = filters;
  const filter = useMemo(() => callFilterOf(search, range), [search, range]);
  const list = useList({
    query: CallsDocument,
    variables: { filter, first: PAGE_SIZE },
    listOf,
    pageSize: PAGE_SIZE,
    renewedEveryMs: RENEWED_EVERY_MS,
  });
  const count = useQuery(CallCountDocument, { variables: { filter }, pollInterval: RENEWED_EVERY_MS }).data?.llmCalls;

  return (
    <>
      <PageHead title="Calls" beside={count && <TotalCount count={count.totalCount} one="call" many="calls" />}>
        <PeriodPicker value={search} onChange={(period) => navigate({ search: { ...others, ...period } })} />
      </PageHead>
      <CallFilters search={search} onChange={(next) => navigate({ search: next, replace: true })} />
      {hasErrors(search) && <ErrorGroups input={errorsInputOf(search, range)} search={search} />}
      <div className={`grid items-start gap-3.5 ${call ? "xl:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]" : ""}`}>
        {call && (
          <div className="min-w-0 xl:order-last">
            <CallCard key={call} callId={call} hasJob action={<CloseCall search={filters} />} />
          </div>
        )}
        <Card>
          <Loaded asked={list.asked} skeleton={<Skeleton lines={12} className="h-7" />}>
            {() => (
              <div aria-busy={list.isOld} className={list.isOld ? "opacity-60" : ""}>
                <DataTable
                  label="Calls"
                  columns={call ? FEW_COLUMNS : ALL_COLUMNS}
                  rows={list.rows}
                  rowId={({ id }) => id}
                  {...(call && { selectedId: call })}
                  empty={<NoCalls isFiltered={Object.keys(filters).length > 0} />}
                  hasMore={list.hasMore}
                  isLoadingMore={list.isLoadingMore}
                  onMore={list.more}
                />
                <ListEnd error={list.moreError} onAgain={list.more} />
              </div>
            )}
          </Loaded>
        </Card>
      </div>
    </>
  );
}

function CloseCall({ search }: { readonly search: object }) {
  return (
    <Link
      to="/calls"
      search={search}
      replace
      resetScroll={false}
      aria-label="Close the call"
      className="rounded p-1 text-dim hover:bg-line"
    >
      <X size={15} aria-hidden />
    </Link>
  );
}
