import { useQuery } from "@apollo/client/react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { OrganizationDocument } from "../../api/graphql";
import { useRange } from "../../period/use-range";
import { useSession } from "../../session/session";
import { AccountChip } from "../../ui/account-chip";
import { PageHead } from "../../ui/page-head";
import { Loaded, Skeleton } from "../../ui/states";
import { Tabs } from "../../ui/tabs";
import { KeysOfTeamsTab } from "./keys/keys-of-teams-tab";
import { OwnKeysTab } from "./keys/own-keys-tab";
import { OrganizationActs } from "./organization-acts";
import { OrganizationFacts } from "./organization-facts";
import { TeamsTab } from "./teams-tab";

const route = getRouteApi("/organizations/$id");

const TABS = [
  ["teams", "Teams"],
  ["keys", "Keys"],
  ["team-keys", "Keys of its teams"],
] as const;

/** An organization: its pool, its teams, and all keys with which somebody works for it. */
export function OrganizationPage() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const session = useSession();
  const range = useRange({ period: "30d" });
  const usage = { from: range.from.toISOString(), to: range.to.toISOString(), granularity: "ALL" as const };
  const asked = useQuery(OrganizationDocument, { variables: { id, usage } });
  const shown = TABS.find(([name]) => name === search.tab)?.[0] ?? "teams";
  return (
    <Loaded asked={asked} skeleton={<Skeleton lines={4} className="h-28" />}>
      {({ organization }) =>
        organization && (
          <>
            <PageHead
              title={organization.name}
              above={session.viewer.organizationId === null && <Link to="/organizations">Organizations</Link>}
              beside={organization.status && <AccountChip status={organization.status} />}
            >
              <OrganizationActs organization={organization} />
            </PageHead>
            <OrganizationFacts organization={organization} />
            <Tabs
              label="Parts of the organization"
              value={shown}
              tabs={TABS}
              onChange={(tab) => navigate({ search: { tab } })}
            >
              {shown === "teams" && <TeamsTab organizationId={id} />}
              {shown === "keys" && <OwnKeysTab organizationId={id} isDeleted={organization.status === "DELETED"} />}
              {shown === "team-keys" && (
                <KeysOfTeamsTab
                  organizationId={id}
                  search={search}
                  onChange={(next) => navigate({ search: { tab: "team-keys", ...next }, replace: true })}
                />
              )}
            </Tabs>
          </>
        )
      }
    </Loaded>
  );
}
