import { Field, ID } from "type-graphql";
import { DateTimeScalar } from "../../edge/graphql/scalars.js";
import { allOf } from "../../input/all-of.js";
import { ArrayMaxSize, ArrayUnique, IsOptional, ValidateNested } from "../../input/class-validator.js";
import { IsInstant, IsText } from "../../input/rules.js";
import { JobAllowanceInput } from "./allowance/job-allowance.input.js";

// Fields that more than one input has: of teams' keys and of organizations', of new keys and of their changes.

const GROUPS_OF_KEY_MAX = 100;

/** What to call a key. `ofNull` says what null means. */
export const KeyName = (ofNull: string) =>
  allOf(
    Field(() => String, { nullable: true, description: `What to call the key: 1 to 200 characters. ${ofNull}` }),
    IsOptional(),
    IsText(200),
  );

/** When a key expires. `more` is what else is to be said of that. */
export const KeyExpiry = (more = "") => {
  const description = `When the key expires. Must be in the future.${more} Null means that the key never expires.`;
  return allOf(
    Field(() => DateTimeScalar, { nullable: true, description }),
    IsOptional(),
    IsInstant(),
  );
};

/** Which model groups a key is limited to. */
export const KeyModelGroups = () =>
  allOf(
    Field(() => [ID], {
      nullable: true,
      description: `The names of those of the team's model groups that calls with the key may name: at most ${GROUPS_OF_KEY_MAX}. With an empty list it makes no calls. Null means all groups that the team has, also later.`,
    }),
    IsOptional(),
    ArrayMaxSize(GROUPS_OF_KEY_MAX),
    ArrayUnique({ message: "must not name a group twice" }),
  );

/** How many jobs may be opened with a key. */
export const KeyJobAllowance = () =>
  allOf(
    Field(() => JobAllowanceInput, {
      nullable: true,
      description: "How many jobs may be opened with the key, beyond which it is BUDGET_EXCEEDED. Null means no limit.",
    }),
    IsOptional(),
    ValidateNested(),
  );
