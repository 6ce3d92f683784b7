import type { GroupModel, ModelGroup } from "../../../generated/prisma/client.js";
import type { RecordedOperation, Shown } from "../../audit/act.js";

/** What the audit says of a model group. */
export function shownGroup(
  { displayName, description, allowedOptions, maxOutputTokens }: ModelGroup,
  models: readonly Pick<GroupModel, "name" | "priority" | "weight">[],
): Shown {
  const inGroup = models.map(({ name, priority, weight }) => ({ name, priority, ...(weight !== null && { weight }) }));
  return { displayName, description, models: inGroup, allowedOptions, maxOutputTokens };
}

/** What is the same in the lines of all that is done to a group. */
export const ofGroup = (operation: RecordedOperation, name: string) =>
  ({ operation, subjectType: "ModelGroup", subjectId: name, organizationId: null }) as const;
