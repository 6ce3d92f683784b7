import { suspended } from "../../../auth/policy.js";
import type { AccessWatch } from "../../keys/access-watch.js";
import { teamDeleted } from "../run/end-reasons.js";
import type { RunningCalls } from "../run/running-calls.js";

/**
 * Ends in this process what those have under way who have just lost their access. Their streams end with that, and not with
 * the call that is cancelled for it. Other processes see it within a second.
 */
export class AccessEnds {
  constructor(
    private readonly accessWatch: AccessWatch,
    private readonly running: Pick<RunningCalls, "cancelOfTeam" | "cancelOfOrganization">,
  ) {}

  async ofSuspendedTeam(teamId: string): Promise<void> {
    await this.accessWatch.refresh();
    await this.running.cancelOfTeam(teamId, suspended("TEAM"));
  }

  async ofSuspendedOrganization(organizationId: string): Promise<void> {
    await this.accessWatch.refresh();
    await this.running.cancelOfOrganization(organizationId, suspended("ORGANIZATION"));
  }

  async ofDeletedTeam(teamId: string): Promise<void> {
    await this.accessWatch.refresh();
    await this.running.cancelOfTeam(teamId, teamDeleted());
  }
}
