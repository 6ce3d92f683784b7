import type { CreditBalance } from "../../generated/prisma/client.js";
import type { Shown } from "../audit/act.js";

/** What the audit says of an account before and after credits came to it, or left it. `more` is what else is to be said. */
export const movedCredits = (
  { allocated, available }: Pick<CreditBalance, "allocated" | "available">,
  credits: number,
  more: Shown,
): { readonly before: Shown; readonly after: Shown } => ({
  before: { credits: { allocated: allocated - credits, available: available - credits } },
  after: { credits: { allocated, available }, ...more },
});
