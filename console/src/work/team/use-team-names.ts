import { useQuery } from "@apollo/client/react";
import { useEffect } from "react";
import { TeamNamesDocument, type TeamNamesQuery } from "../../api/graphql";
import { useSession } from "../../session/session";

type NamedTeam = NonNullable<TeamNamesQuery["teams"]>["edges"][number]["node"];

/** A list to choose from is no help beyond this. Teams that are not in it are called by their id. */
const TEAMS_MAX = 1_000;

/** Returns the teams that the page's picker has read, with names and credits. A team's own key has no picker: it is its team. */
export function useTeamNames(): readonly NamedTeam[] {
  // The list is one for all, and whoever asked for its first page again would take the other pages away.
  const { data } = useQuery(TeamNamesDocument, { fetchPolicy: "cache-first" });
  return data?.teams?.edges.map(({ node }) => node) ?? [];
}

/** Reads which teams there are, page by page, for the one picker of a page. A team's own key has nothing to choose. */
export function useTeamsToChoose(): readonly NamedTeam[] {
  const { viewer } = useSession();
  const { data, error, fetchMore } = useQuery(TeamNamesDocument, { skip: viewer.kind === "team" });
  const edges = data?.teams?.edges ?? [];
  const end = data?.teams?.pageInfo;
  const after = end?.hasNextPage && edges.length < TEAMS_MAX && !error ? end.endCursor : null;
  useEffect(() => {
    // Without the next page, the names that are there are shown.
    if (after) fetchMore({ variables: { after } }).catch(() => undefined);
  }, [after, fetchMore]);
  return edges.map(({ node }) => node);
}
