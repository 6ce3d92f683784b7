import type { Static } from "typebox";
import type { GroupModelRow, ModelGroupRow } from "../../../features/models/groups/model-group.service.js";
import type { Plan } from "../../../features/models/plan.js";
import { EXAMPLE } from "../example.js";
import { answer, flag, integer, listOf, oneOf, orNull, record, text } from "../schemas.js";

export const ModelGroup = answer(
  "ModelGroup",
  {
    model_group_id: text("A UUID."),
    group_name: text("The name that the admin chose, which calls use."),
    display_name: text("A name for people."),
    description: orNull(text("What the group is for, or null.")),
    allowed_options: listOf(
      text("The name of an option."),
      "What calls may pass on beyond the options of every group.",
    ),
    max_output_tokens: orNull(integer("The most tokens of an answer. Null means no limit.")),
    status: oneOf(["active"], 'Always "active": a group that exists can be used.'),
    models: listOf(
      record({
        model_name: text('"upstream/model", or the name of a model of the upstream "default".'),
        priority: integer("The model with the lowest number is tried first."),
        weight: orNull(integer("The model's share among those of its priority. Null means no weight of its own.")),
        is_active: flag("Always true: a model of a group can be used."),
      }),
      "The models, in the order in which a call tries them.",
    ),
  },
  {
    model_group_id: "0f8fad5b-d9cb-469f-a165-70867728950e",
    group_name: EXAMPLE.group,
    display_name: "Fast Chat Model",
    description: "Quick responses for chat",
    allowed_options: [],
    max_output_tokens: null,
    status: "active",
    models: [
      { model_name: "gpt-3.5-turbo", priority: 0, weight: null, is_active: true },
      { model_name: "gpt-4o-mini", priority: 1, weight: null, is_active: true },
    ],
  },
);

export const modelGroupShape = (group: ModelGroupRow, models: readonly GroupModelRow[]): Static<typeof ModelGroup> => ({
  model_group_id: group.id,
  group_name: group.name,
  display_name: group.displayName,
  description: group.description,
  allowed_options: group.allowedOptions as string[],
  max_output_tokens: group.maxOutputTokens,
  status: "active",
  models: models.map(({ name, priority, weight }) => ({ model_name: name, priority, weight, is_active: true })),
});

export const Message = answer(
  "Message",
  { message: text("One sentence that says what was done.") },
  { message: `Model group ${EXAMPLE.group} was deleted.` },
);

export const deletedGroupShape = (name: string): Static<typeof Message> => ({
  message: `Model group ${name} was deleted.`,
});

export const ModelPlan = answer(
  "Plan",
  {
    group_name: text("The name of the group."),
    primary_model: text("The model that a call tries first. Of models with weights, the first in the list."),
    fallback_models: listOf(text("The name of a model."), "The models that a call tries after it, in order."),
    team_has_access: flag("Always true: a team without the group gets 403 instead."),
  },
  {
    group_name: EXAMPLE.group,
    primary_model: "gpt-3.5-turbo",
    fallback_models: ["gpt-4o-mini"],
    team_has_access: true,
  },
);

export const planShape = (modelGroup: string, [first, ...fallbacks]: Plan): Static<typeof ModelPlan> => ({
  group_name: modelGroup,
  primary_model: first.name,
  fallback_models: fallbacks.map((model) => model.name),
  team_has_access: true,
});
