import { Link } from "@tanstack/react-router";
import type { OrganizationQuery } from "../../api/graphql";
import { formatUsd } from "../../format/money";
import { formatCount } from "../../format/numbers";
import { Card } from "../../ui/card";
import { Facts } from "../../ui/facts";
import { CodeBlock } from "../../ui/text/code-block";
import { PoolCard } from "./pool/pool-card";

/** What the organization has, and what its teams did in 30 days. */
export function OrganizationFacts({
  organization,
}: {
  readonly organization: NonNullable<OrganizationQuery["organization"]>;
}) {
  const { metadata } = organization;
  const { total } = organization.usage;
  const hasMetadata = metadata !== null && Object.keys(metadata).length > 0;
  return (
    <div className="mb-3.5 grid gap-3.5 xl:grid-cols-2">
      <PoolCard organization={organization} />
      <Card
        title="Last 30 days"
        note="all its teams, also those that are deleted by now"
        action={
          <Link to="/audit" search={{ organization: organization.id }} className="hover:underline">
            What was done to it →
          </Link>
        }
      >
        <Facts
          facts={[
            ["Cost", formatUsd(total.costUsd)],
            ["Jobs completed", formatCount(total.jobsCompleted)],
            ["Jobs not completed", formatCount(total.jobsFailed + total.jobsCancelled + total.jobsExpired)],
            ["Unpaid work", formatUsd(total.unpaidJobsCostUsd)],
            ["Calls", formatCount(total.calls)],
            ["Calls failed", formatCount(total.callsFailed)],
          ]}
        />
      </Card>
      {hasMetadata && (
        <Card title="Metadata" className="xl:col-span-2">
          <CodeBlock label="Metadata" text={JSON.stringify(metadata, null, 2)} />
        </Card>
      )}
    </div>
  );
}
