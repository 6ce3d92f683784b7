import type { Organization } from "../../generated/prisma/client.js";
import type { RecordedOperation, Shown } from "../audit/act.js";

/** What the audit says of an organization. */
export const shownOrganization = ({ name, status, metadata }: Organization): Shown => ({ name, status, metadata });

/** What is the same in the lines of all that is done to an organization. */
export const ofOrganization = (operation: RecordedOperation, id: string) =>
  ({ operation, subjectType: "Organization", subjectId: id, organizationId: id }) as const;
