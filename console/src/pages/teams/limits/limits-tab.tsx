import { useQuery } from "@apollo/client/react";
import { TeamLimitsOfDocument } from "../../../api/graphql";
import { useSession } from "../../../session/session";
import { Loaded, Skeleton } from "../../../ui/states";
import { BillingCard } from "./billing-card";
import { LimitsCard } from "./limits-card";

/** What the team's calls are held to, and how it is billed. */
export function LimitsTab({ teamId }: { readonly teamId: string }) {
  const session = useSession();
  const asked = useQuery(TeamLimitsOfDocument, { variables: { id: teamId } });
  const mayChange = session.may("team.update");
  return (
    <Loaded asked={asked} skeleton={<Skeleton lines={3} className="h-32" />}>
      {({ team }) =>
        team && (
          <div className="grid items-start gap-3.5 xl:grid-cols-3">
            <LimitsCard
              title="Limits of the team"
              note="all its calls together"
              teamId={teamId}
              field="limits"
              limits={team.limits}
              mayChange={mayChange}
            />
            <LimitsCard
              title="Limits of each key"
              note="that has none of its own"
              teamId={teamId}
              field="defaultKeyLimits"
              limits={team.defaultKeyLimits}
              mayChange={mayChange}
            />
            <BillingCard teamId={teamId} billing={team.billing} />
          </div>
        )
      }
    </Loaded>
  );
}
