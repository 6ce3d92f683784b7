import type { KeyFragment } from "../../../api/graphql";
import { formatCount, formatCounted } from "../../../format/numbers";
import { Button } from "../../../ui/button";
import { Chip } from "../../../ui/chip";
import type { Column } from "../../../ui/table/data-table";
import { Time } from "../../../ui/time";

interface Acts {
  onRotate(key: KeyFragment): void;
  onRevoke(key: KeyFragment): void;
}

const TONES = { ACTIVE: "good", EXPIRED: "warn", REVOKED: "plain" } as const;

/** What a key is called: its name, or the beginning of its secret. */
export const nameOf = ({ name, prefix }: Pick<KeyFragment, "name" | "prefix">): string => name ?? prefix;

/** The columns of a list of keys. Without acts nothing can be done with them. */
export function columnsOf(acts: Acts | null): readonly Column<KeyFragment>[] {
  const shown: Column<KeyFragment>[] = [
    {
      id: "name",
      header: "Key",
      cell: ({ name, prefix }) => (
        <>
          {name ?? <span className="text-faint">no name</span>}{" "}
          <span className="ml-1 font-mono text-dim text-xs">{prefix}…</span>
        </>
      ),
    },
    { id: "status", header: "Status", cell: ({ status }) => <Chip tone={TONES[status]}>{status.toLowerCase()}</Chip> },
    { id: "used", header: "Last used", cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} /> },
    { id: "expires", header: "Expires", isExtra: true, cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
    {
      id: "limits",
      header: "Held to",
      isExtra: true,
      cell: (key) => <span className="text-dim text-xs">{heldTo(key)}</span>,
    },
  ];
  if (!acts) return shown;
  return [
    ...shown,
    {
      id: "acts",
      header: "",
      isNumber: true,
      cell: (key) =>
        key.status === "ACTIVE" && (
          <>
            <Button tone="quiet" aria-label={`Rotate ${nameOf(key)}`} onClick={() => acts.onRotate(key)}>
              Rotate
            </Button>
            <Button tone="quiet" aria-label={`Revoke ${nameOf(key)}`} onClick={() => acts.onRevoke(key)}>
              Revoke
            </Button>
          </>
        ),
    },
  ];
}

function Moment({ at }: { readonly at: string | null }) {
  return at === null ? <span className="text-faint">never</span> : <Time at={at} className="text-dim" />;
}

/** Returns what limits the key, in words. */
function heldTo({ limits, jobAllowance, modelGroups }: KeyFragment): string {
  const { requestsPerMinute: requests, tokensPerMinute: tokens, concurrentCalls: calls } = limits;
  const words = [
    requests !== null && `${formatCounted(requests, "call")}/min`,
    tokens !== null && `${formatCounted(tokens, "token")}/min`,
    calls !== null && `${formatCount(calls)} at once`,
    jobAllowance &&
      `${formatCount(jobAllowance.used)} of ${formatCounted(jobAllowance.jobs, "job")}${jobAllowance.period === "MONTH" ? " a month" : ""}`,
    modelGroups && `only ${modelGroups.map(({ name }) => name).join(", ") || "no model group"}`,
  ].filter(Boolean);
  return words.length === 0 ? "what the team is held to" : words.join(" · ");
}
