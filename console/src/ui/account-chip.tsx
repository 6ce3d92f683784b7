import type { AccountStatus } from "../api/graphql";
import { Chip } from "./chip";

const WORDS = { ACTIVE: "active", SUSPENDED: "suspended", DELETED: "deleted" } as const;
const TONES = { ACTIVE: "good", SUSPENDED: "warn", DELETED: "plain" } as const;

/** Whether a team or an organization may work. */
export function AccountChip({ status }: { readonly status: AccountStatus }) {
  return <Chip tone={TONES[status]}>{WORDS[status]}</Chip>;
}
