import { Link } from "@tanstack/react-router";
import type { EndpointFragment } from "../../api/graphql";

interface Props {
  readonly webhook: Pick<EndpointFragment, "organizationId" | "teamId">;
}

/** Whose events a webhook is told of: one team's, those of an organization's teams, or everybody's. */
export function Whose({ webhook: { organizationId, teamId } }: Props) {
  if (teamId !== null)
    return (
      <>
        the team{" "}
        <Link to="/teams/$id" params={{ id: teamId }} className="hover:underline">
          {teamId}
        </Link>
      </>
    );
  if (organizationId !== null)
    return (
      <>
        all teams of{" "}
        <Link to="/organizations/$id" params={{ id: organizationId }} className="hover:underline">
          {organizationId}
        </Link>
      </>
    );
  return "everything";
}
