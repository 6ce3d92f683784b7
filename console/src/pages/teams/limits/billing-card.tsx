import { useState } from "react";
import type { TeamLimitsFragment } from "../../../api/graphql";
import { formatExactUsd } from "../../../format/money";
import { formatCount, formatCounted } from "../../../format/numbers";
import { useSession } from "../../../session/session";
import { Button } from "../../../ui/button";
import { Card } from "../../../ui/card";
import { Facts } from "../../../ui/facts";
import { Note } from "../../../ui/note";
import { BillingDialog } from "./billing-dialog";

interface Props {
  readonly teamId: string;
  readonly billing: TeamLimitsFragment["billing"];
}

/** What a completed job costs the team, and what it may cost without being paid. */
export function BillingCard({ teamId, billing }: Props) {
  const session = useSession();
  const [isEdited, setIsEdited] = useState(false);
  const mayBill = session.may("team.bill");
  const { mode, creditsPerUsd, tokensPerCredit, creditPriceUsd, markupPercent, monthlyCredits } = billing;
  const words = {
    JOB: "one credit",
    USD: `${creditsPerUsd} ${creditsPerUsd === "1" ? "credit" : "credits"} a USD of its calls`,
    TOKENS: `a credit for ${formatCounted(tokensPerCredit ?? 0, "token")}`,
  };
  const { lowCreditsThresholds: low, unpaidCostUsdPerDay: perDay } = billing;
  return (
    <Card
      title="Billing"
      action={
        mayBill && (
          <Button aria-label="Change: Billing" onClick={() => setIsEdited(true)}>
            Change
          </Button>
        )
      }
    >
      <Facts
        facts={[
          ["A completed job costs", words[mode]],
          creditPriceUsd !== null && ["A credit is sold for", formatExactUsd(creditPriceUsd)],
          markupPercent !== null && ["Markup", `${markupPercent} %`],
          monthlyCredits !== null && ["Credits a month", formatCount(monthlyCredits)],
          low.length > 0 && ["Low at", `${low.map(formatCount).join(", ")} credits`],
          ["Unpaid work today", formatExactUsd(billing.unpaidCostUsdToday)],
          ["Unpaid work a day, at most", perDay === null ? "no limit" : formatExactUsd(perDay)],
        ]}
      />
      {perDay !== null && !billing.isUnpaidCostEnforced && (
        <div className="mt-3">
          <Note tone="warn">
            The limit of unpaid work is not enforced: {formatCounted(billing.unpaidCostWouldRefuse, "call")} would have
            been refused.
          </Note>
        </div>
      )}
      {isEdited && <BillingDialog teamId={teamId} billing={billing} onClose={() => setIsEdited(false)} />}
    </Card>
  );
}
