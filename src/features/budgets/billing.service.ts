import type { Viewer } from "../../auth/viewer.js";
import type { ValuesOf } from "../../db/column-type.js";
import type { Sql } from "../../db/statement.js";
import type { Team } from "../../generated/prisma/client.js";
import type { Clock } from "../../lib/clock.js";
import type { Billing } from "./billing.type.js";
import { type BillingColumns, shownBilling } from "./billing-settings.js";
import { findUnpaidCosts } from "./unpaid-cost.sql.js";

/** Reads how teams are billed that were reached through something that the viewer may see. */
export class BillingService {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  shown(viewer: Viewer, team: BillingColumns & Pick<Team, "id" | "unpaidWouldRefuse">): Billing {
    return shownBilling(viewer, team, this.clock.now());
  }

  /** For loaders: what jobs of teams have cost that the teams may not pay for. */
  unpaidCosts(teamIds: readonly string[]): Promise<ValuesOf<typeof findUnpaidCosts.row>[]> {
    return this.sql.run(findUnpaidCosts, { teamIds });
  }
}
