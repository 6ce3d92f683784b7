import { useApolloClient } from "@apollo/client/react";
import { useCallback, useState } from "react";
import { OrganizationTeamsDocument, OrganizationWorkDocument } from "../../api/graphql";

/** What an organization's teams are about, before it is suspended or deleted. */
export interface OpenWork {
  /** Its teams that are not deleted. */
  readonly teams: number;
  readonly runningCalls: number;
  readonly openJobs: number;
  /** False if there are more teams than one request may name. Then the figures say too little. */
  readonly isWhole: boolean;
}

/** Asks for an organization's open work when it is told to. Null until the answer is there. */
export function useOpenWork(id: string): readonly [ask: () => Promise<void>, work: OpenWork | null] {
  const client = useApolloClient();
  const [work, setWork] = useState<OpenWork | null>(null);
  const ask = useCallback(async () => {
    setWork(null);
    const fetchPolicy = "no-cache" as const;
    const teams = await client.query({ query: OrganizationTeamsDocument, variables: { id }, fetchPolicy });
    const list = teams.data?.organization?.teams;
    if (!list) return;
    const living = list.edges.map(({ node }) => node).filter(({ status }) => status !== "DELETED");
    const teamIds = living.map((team) => team.id);
    const { data } = await client.query({ query: OrganizationWorkDocument, variables: { teamIds }, fetchPolicy });
    setWork({
      teams: living.length,
      runningCalls: data?.runningCalls?.totalCount ?? 0,
      openJobs: data?.openJobs?.totalCount ?? 0,
      isWhole: !list.pageInfo.hasNextPage,
    });
  }, [client, id]);
  return [() => ask().catch(() => setWork(null)), work];
}
