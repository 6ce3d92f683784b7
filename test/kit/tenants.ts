import { beforeAll } from "vitest";
import type { Gateway } from "./gateway/gateway.js";
import type { TestJob, TestTeam } from "./world.js";

/** A team with something of everything. */
export interface Tenant {
  readonly team: TestTeam;
  readonly group: string;
  readonly open: TestJob;
  readonly completed: TestJob;
  readonly callId: string;
}

interface Tenants {
  readonly own: Tenant;
  /** In the same organization. */
  readonly sibling: Tenant;
  /** In another organization. */
  readonly stranger: Tenant;
}

/** Three teams in the gateway, for all tests of a file. */
export function useTenants(gateway: Gateway): Tenants {
  let tenants: Tenants | undefined;
  beforeAll(async () => {
    const organization = await gateway.world.organization();
    tenants = {
      own: await tenant(await organization.team()),
      sibling: await tenant(await organization.team()),
      stranger: await tenant(await gateway.world.team()),
    };
  });
  return new Proxy({} as Tenants, {
    get: (_, name) => {
      if (!tenants) throw new Error("The tenants are there only inside tests.");
      return tenants[name as keyof Tenants];
    },
  });
}

async function tenant(team: TestTeam): Promise<Tenant> {
  const [open, completed] = [await team.job(), await team.job()];
  const call = await open.call();
  await completed.call();
  await completed.complete();
  return { team, group: team.modelGroup, open, completed, callId: call.id };
}
