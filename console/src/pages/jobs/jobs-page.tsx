import { useQuery } from "@apollo/client/react";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { JobCountDocument, JobsDocument, type JobsQuery } from "../../api/graphql";
import { PeriodPicker } from "../../period/period-picker";
import { useRange } from "../../period/use-range";
import { Card } from "../../ui/card";
import { PageHead } from "../../ui/page-head";
import { Loaded, Skeleton } from "../../ui/states";
import { DataTable } from "../../ui/table/data-table";
import { ListEnd } from "../../work/list-end";
import { TotalCount } from "../../work/total-count";
import { useList } from "../../work/use-list";
import { JOB_COLUMNS } from "./job-columns";
import { JobFilters } from "./job-filters";
import { jobFilterOf } from "./jobs-search";
import { NoJobs } from "./no-jobs";

const route = getRouteApi("/jobs");
const PAGE_SIZE = 50;
const RENEWED_EVERY_MS = 10_000;

const listOf = ({ jobs }: JobsQuery) => jobs;

/** All jobs that the key reaches, newest first, with filters in the address. */
export function JobsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const range = useRange(search);
  const filter = useMemo(() => jobFilterOf(search, range), [search, range]);
  const list = useList({
    query: JobsDocument,
    variables: { filter, first: PAGE_SIZE },
    listOf,
    pageSize: PAGE_SIZE,
    renewedEveryMs: RENEWED_EVERY_MS,
  });
  const count = useQuery(JobCountDocument, { variables: { filter }, pollInterval: RENEWED_EVERY_MS }).data?.jobs;
  const { period: _, from: __, to: ___, ...others } = search;

  return (
    <>
      <PageHead title="Jobs" beside={count && <TotalCount count={count.totalCount} one="job" many="jobs" />}>
        <PeriodPicker value={search} onChange={(period) => navigate({ search: { ...others, ...period } })} />
      </PageHead>
      <JobFilters search={search} onChange={(next) => navigate({ search: next, replace: true })} />
      <Card>
        <Loaded asked={list.asked} skeleton={<Skeleton lines={12} className="h-7" />}>
          {() => (
            <div aria-busy={list.isOld} className={list.isOld ? "opacity-60" : ""}>
              <DataTable
                label="Jobs"
                columns={JOB_COLUMNS}
                rows={list.rows}
                rowId={({ id }) => id}
                empty={<NoJobs isFiltered={Object.keys(search).length > 0} />}
                hasMore={list.hasMore}
                isLoadingMore={list.isLoadingMore}
                onMore={list.more}
              />
              <ListEnd error={list.moreError} onAgain={list.more} />
            </div>
          )}
        </Loaded>
      </Card>
    </>
  );
}
