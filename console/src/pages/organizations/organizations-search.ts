import type { AccountStatus, VirtualKeyStatus } from "../../api/graphql";
import { textIn } from "../../search";

const STATES: readonly AccountStatus[] = ["ACTIVE", "SUSPENDED", "DELETED"];
const KEY_STATES: readonly VirtualKeyStatus[] = ["ACTIVE", "EXPIRED", "REVOKED"];

/** What the address of the list of organizations says. */
export interface OrganizationsSearch {
  readonly status?: AccountStatus;
}

export function readOrganizationsSearch(search: Record<string, unknown>): OrganizationsSearch {
  const status = STATES.find((state) => state === search.status);
  return status ? { status } : {};
}

/** Which of the keys of an organization's teams are listed, as the address says it. */
export interface KeysSearch {
  readonly status?: VirtualKeyStatus;
  /** Only keys that were not used for so many days. */
  readonly unusedDays?: number;
  /** Only keys that lack this. */
  readonly without?: readonly ("expiry" | "limit")[];
}

/** What the address of one organization says: which of its parts is shown, and which of its teams' keys. */
export interface OrganizationSearch extends KeysSearch {
  readonly tab?: string;
}

/** Any number of days that somebody may ask for: 10 years at most. */
const MOST_DAYS = 3_650;

export function readOrganizationSearch(search: Record<string, unknown>): OrganizationSearch {
  const status = KEY_STATES.find((state) => state === search.status);
  const days = Number(search.unusedDays);
  const lacks = (["expiry", "limit"] as const).filter((one) => [search.without].flat().includes(one));
  return {
    ...textIn(search, "tab"),
    ...(status && { status }),
    ...(Number.isInteger(days) && days > 0 && days <= MOST_DAYS && { unusedDays: days }),
    ...(lacks.length > 0 && { without: lacks }),
  };
}
