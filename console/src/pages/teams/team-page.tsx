import { useQuery } from "@apollo/client/react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { TeamDocument } from "../../api/graphql";
import { useRange } from "../../period/use-range";
import { useSession } from "../../session/session";
import { AccountChip } from "../../ui/account-chip";
import { PageHead } from "../../ui/page-head";
import { Loaded, Skeleton } from "../../ui/states";
import { Tabs } from "../../ui/tabs";
import { CreditsTab } from "./credits/credits-tab";
import { KeysTab } from "./keys/keys-tab";
import { LimitsTab } from "./limits/limits-tab";
import { TeamActs } from "./team-acts";
import { TeamFacts } from "./team-facts";

const route = getRouteApi("/teams/$id");

const TABS = [
  ["credits", "Credits"],
  ["keys", "Keys"],
  ["limits", "Limits and billing"],
] as const;

/** A team: what it has, who may work for it, and what it may use. */
export function TeamPage() {
  const { id } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const session = useSession();
  const range = useRange({ period: "30d" });
  const usage = { from: range.from.toISOString(), to: range.to.toISOString(), granularity: "ALL" as const };
  const asked = useQuery(TeamDocument, { variables: { id, usage } });
  const shown = TABS.find(([name]) => name === tab)?.[0] ?? "credits";
  return (
    <>
      {!asked.data?.team && (
        <PageHead title="Team" above={session.viewer.kind !== "team" && <Link to="/teams">Teams</Link>} />
      )}
      <Loaded asked={asked} skeleton={<Skeleton lines={4} className="h-28" />}>
        {({ team }) =>
          team && (
            <>
              <PageHead
                title={team.alias}
                above={session.viewer.kind !== "team" && <Link to="/teams">Teams</Link>}
                beside={<AccountChip status={team.status} />}
              >
                <TeamActs team={team} />
              </PageHead>
              <TeamFacts team={team} />
              <Tabs
                label="Parts of the team"
                value={shown}
                tabs={TABS}
                onChange={(next) => navigate({ search: { tab: next } })}
              >
                {shown === "credits" && <CreditsTab teamId={id} />}
                {shown === "keys" && <KeysTab teamId={id} />}
                {shown === "limits" && <LimitsTab teamId={id} />}
              </Tabs>
            </>
          )
        }
      </Loaded>
    </>
  );
}
