import { useQuery } from "@apollo/client/react";
import { useEffect, useState } from "react";
import { RunningCallsDocument } from "../../api/graphql";
import { type LiveRow, nextRows } from "./live-rows";

const ASKED_EVERY_MS = 2_000;

/** Asks every two seconds which calls run. While the list `isHeld`, no row leaves it. */
export function useLiveRows(team: string | undefined, isHeld: boolean) {
  const asked = useQuery(RunningCallsDocument, {
    variables: { filter: { status: ["RUNNING"] as const, ...(team && { teamIds: [team] }) } },
    fetchPolicy: "no-cache",
    nextFetchPolicy: "no-cache",
    pollInterval: ASKED_EVERY_MS,
    notifyOnNetworkStatusChange: false,
  });
  const [rows, setRows] = useState<readonly LiveRow[]>([]);
  const { data } = asked;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows of another team are other rows.
  useEffect(() => setRows([]), [team]);
  useEffect(() => {
    const running = data?.llmCalls?.edges.map(({ node }) => node);
    if (!running) return;
    const renew = () => setRows((before) => nextRows(before, running, Date.now(), isHeld));
    renew();
    // The same answer may come again, which is no new data. What has ended leaves nevertheless.
    const timer = setInterval(renew, ASKED_EVERY_MS);
    return () => clearInterval(timer);
  }, [data, isHeld]);

  return { asked, rows, total: data?.llmCalls?.totalCount ?? 0 };
}
