import { Link } from "@tanstack/react-router";
import type { TeamQuery } from "../../api/graphql";
import { formatUsd } from "../../format/money";
import { formatCount } from "../../format/numbers";
import { useSession } from "../../session/session";
import { Card } from "../../ui/card";
import { Facts } from "../../ui/facts";
import { Time } from "../../ui/time";

const MODES = { JOB: "a credit a completed job", USD: "by cost, in USD", TOKENS: "by tokens" } as const;

/** Where the team stands, and what it did in 30 days. */
export function TeamFacts({ team }: { readonly team: NonNullable<TeamQuery["team"]> }) {
  const session = useSession();
  const { credits, usage, organization, billing, modelGroups } = team;
  const { total } = usage;
  const unpaid = total.jobsFailed + total.jobsCancelled + total.jobsExpired;
  const owner = session.may("organization.readDetails") ? (
    <Link to="/organizations/$id" params={{ id: organization.id }} className="hover:underline">
      {organization.name}
    </Link>
  ) : (
    organization.name
  );
  return (
    <div className="mb-3.5 grid gap-3.5 xl:grid-cols-2">
      <Card title="Credits" note={MODES[billing.mode]}>
        <Facts
          facts={[
            ["Available", formatCount(credits.available)],
            ["Held by open jobs", formatCount(credits.held)],
            ["Used", formatCount(credits.used)],
            ["Allocated", formatCount(credits.allocated)],
          ]}
        />
        <p className="mt-2 text-dim text-xs">
          <span className="font-mono">{team.id}</span> of {owner} since <Time at={team.createdAt} />. Its calls may name{" "}
          {modelGroups.length === 0 ? "no model group" : modelGroups.map(({ name }) => name).join(", ")}.
        </p>
      </Card>
      <Card
        title="Last 30 days"
        action={
          <Link to="/" search={{ team: team.id }}>
            Overview →
          </Link>
        }
      >
        <Facts
          facts={[
            ["Cost", formatUsd(total.costUsd)],
            ["Jobs completed", formatCount(total.jobsCompleted)],
            ["Jobs not completed", formatCount(unpaid)],
            ["Unpaid work", formatUsd(total.unpaidJobsCostUsd)],
            ["Calls", formatCount(total.calls)],
            ["Calls failed", formatCount(total.callsFailed)],
          ]}
        />
      </Card>
    </div>
  );
}
