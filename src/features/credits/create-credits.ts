import type { Db } from "../../db/client.js";
import type { Sql } from "../../db/statement.js";
import type { Clock } from "../../lib/clock.js";
import type { Task } from "../../lib/task.js";
import type { AuditTrail } from "../audit/audit-trail.js";
import type { IdempotencyKeys } from "../idempotency/idempotency-keys.js";
import type { TeamReach } from "../organizations/team-reach.js";
import { CreditService } from "./credit.service.js";
import { CreditGrantService } from "./grants/grant.service.js";
import { lapseGrantsTask } from "./grants/lapse-grants.task.js";
import { Ledger } from "./ledger.js";
import { CreditPoolService } from "./pool/pool.service.js";

interface CreditsDeps {
  readonly db: Db;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly teamReach: TeamReach;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly trail: AuditTrail;
  readonly teamTopUp: boolean;
}

/** Builds the ledger and its services, and returns what others may see of them. */
export function createCredits(deps: CreditsDeps) {
  const { db, sql, teamReach, idempotencyKeys, trail } = deps;
  const ledger = new Ledger();
  const services = {
    credits: new CreditService({ ...deps, ledger }),
    creditGrants: new CreditGrantService(sql),
    creditPools: new CreditPoolService({ sql, ledger, teamReach, idempotencyKeys, trail }),
  };
  const tasks: readonly Task[] = [lapseGrantsTask(db, sql, ledger)];
  return { ledger, services, tasks };
}
