import { toConnection } from "../../edge/graphql/connection.js";
import { loaderOfLists } from "../../edge/graphql/loaders.js";
import type { AuditEntriesArgs } from "./audit.input.js";

/** A page of the lines of each organization. */
export const auditEntriesOfOrganizationLoader = loaderOfLists(
  async ({ services, viewer }, organizationIds, args: AuditEntriesArgs) =>
    (await services.audit.listByOrganizations(viewer, organizationIds, args)).map(toConnection),
);
