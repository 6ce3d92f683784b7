import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { type BillingMode, type TeamLimitsFragment, UpdateTeamDocument } from "../../../api/graphql";
import { FormDialog } from "../../../ui/dialogs/form-dialog";
import { CheckField, SelectField, TextField } from "../../../ui/fields";

interface Props {
  readonly teamId: string;
  readonly billing: TeamLimitsFragment["billing"];
  onClose(): void;
}

const MODES = [
  ["JOB", "One credit"],
  ["USD", "By what its calls cost, in USD"],
  ["TOKENS", "By the tokens of its calls"],
] as const satisfies readonly (readonly [BillingMode, string])[];

const textOrNull = (text: string): string | null => text.trim() || null;
const wholeOrNull = (text: string): number | null => (text.trim() === "" ? null : Number(text));

/** Changes how jobs are billed that are opened from now on. */
export function BillingDialog({ teamId, billing, onClose }: Props) {
  const [mode, setMode] = useState<BillingMode>(billing.mode);
  const [creditsPerUsd, setCreditsPerUsd] = useState(billing.creditsPerUsd ?? "");
  const [tokensPerCredit, setTokensPerCredit] = useState(billing.tokensPerCredit?.toString() ?? "");
  const [price, setPrice] = useState(billing.creditPriceUsd ?? "");
  const [markup, setMarkup] = useState(billing.markupPercent ?? "");
  const [monthly, setMonthly] = useState(billing.monthlyCredits?.toString() ?? "");
  const [low, setLow] = useState(billing.lowCreditsThresholds.join(", "));
  const [perDay, setPerDay] = useState(billing.unpaidCostUsdPerDay ?? "");
  const [isEnforced, setIsEnforced] = useState(billing.isUnpaidCostEnforced);
  const [update] = useMutation(UpdateTeamDocument);

  async function submit() {
    const thresholds = low
      .split(",")
      .map((text) => text.trim())
      .filter((text) => text !== "")
      .map(Number);
    const changed = {
      mode,
      ...(mode === "USD" && { creditsPerUsd: textOrNull(creditsPerUsd) }),
      ...(mode === "TOKENS" && { tokensPerCredit: wholeOrNull(tokensPerCredit) }),
      creditPriceUsd: textOrNull(price),
      markupPercent: textOrNull(markup),
      monthlyCredits: wholeOrNull(monthly),
      lowCreditsThresholds: thresholds,
      unpaidCostUsdPerDay: textOrNull(perDay),
      isUnpaidCostEnforced: isEnforced,
    };
    await update({ variables: { input: { id: teamId, billing: changed } } });
    onClose();
  }

  return (
    <FormDialog
      title="Billing"
      description="It holds for jobs that are opened from now on. Open jobs keep what they began with."
      act="Save"
      onCancel={onClose}
      onSubmit={submit}
    >
      <SelectField label="A completed job costs" value={mode} options={MODES} onChange={setMode} />
      {mode === "USD" && (
        <TextField label="Credits for one USD" isRequired value={creditsPerUsd} onChange={setCreditsPerUsd} />
      )}
      {mode === "TOKENS" && (
        <TextField
          label="Tokens for one credit"
          type="number"
          isRequired
          value={tokensPerCredit}
          onChange={setTokensPerCredit}
        />
      )}
      <TextField
        label="Price of a credit, in USD"
        hint="Empty means unknown. Margins are reckoned from it."
        value={price}
        onChange={setPrice}
      />
      <TextField
        label="Markup, in per cent"
        hint="Added to the cost that the team sees. Empty means none."
        value={markup}
        onChange={setMarkup}
      />
      <TextField
        label="Credits on the first of each month"
        hint="Empty means none."
        type="number"
        value={monthly}
        onChange={setMonthly}
      />
      <TextField
        label="Credits are low at"
        hint="Numbers with commas between. Webhooks are told."
        value={low}
        onChange={setLow}
      />
      <TextField
        label="Unpaid work a day at most, in USD"
        hint="What jobs that are not completed may cost. Empty means no limit."
        value={perDay}
        onChange={setPerDay}
      />
      <CheckField
        label="Refuse calls beyond it"
        hint="Otherwise they are let through, and counted."
        isChecked={isEnforced}
        onChange={setIsEnforced}
      />
    </FormDialog>
  );
}
