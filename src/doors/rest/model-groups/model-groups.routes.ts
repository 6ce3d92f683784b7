import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import type { RequestContext } from "../../../edge/context.js";
import {
  CreateModelGroupInput,
  GroupModelInput,
  UpdateModelGroupInput,
} from "../../../features/models/groups/model-group.input.js";
import { modelsOfGroupLoader } from "../../../features/models/groups/model-group.loader.js";
import type { ModelGroupRow } from "../../../features/models/groups/model-group.service.js";
import { GROUP_NAME_TEXT } from "../../../input/rules.js";
import { Body, ListBody, optional, required } from "../body.js";
import { EXAMPLE } from "../example.js";
import { TOTAL_COUNT } from "../headers.js";
import { PAGE_QUERY, pageOf } from "../page-query.js";
import { Routes } from "../route.js";
import { integer, listOf, text } from "../schemas.js";
import { deletedGroupShape, Message, ModelGroup, ModelPlan, modelGroupShape, planShape } from "./model-group.shapes.js";

const groupModel = new Body(GroupModelInput, {
  model_name: required(
    "name",
    text(
      '"upstream/model", or the name of a model of the upstream "default": 1 to 200 characters. A group has it once.',
    ),
  ),
  priority: optional(
    "priority",
    integer("0 to 1000. The model with the lowest number is tried first. Null means the position in the list."),
  ),
  weight: optional(
    "weight",
    integer("1 to 1000: the model's share among those of its priority. Null: 1 if another has a weight, else none."),
  ),
});

const createModelGroup = new Body(
  CreateModelGroupInput,
  {
    group_name: required("name", text(`The group's name, ${GROUP_NAME_TEXT}. It is unique and never changes.`)),
    display_name: optional("displayName", text("A name for people, 1 to 200 characters. Null means group_name.")),
    description: optional("description", text("What the group is for, 1 to 2000 characters.")),
    allowed_options: optional(
      "allowedOptions",
      listOf(text("The name of an option."), "Up to 50 names that calls may pass on beyond those of every group."),
    ),
    max_output_tokens: optional("maxOutputTokens", integer("The most tokens of an answer, 1 or more. Null: no limit.")),
    models: required("models", listOf(groupModel.schema, "1 to 20 models."), { of: groupModel }),
  },
  {
    group_name: EXAMPLE.group,
    display_name: "Fast Chat Model",
    description: "Quick responses for chat",
    models: [
      { model_name: "gpt-3.5-turbo", priority: 0 },
      { model_name: "gpt-4o-mini", priority: 1 },
    ],
  },
);

const groupModels = new ListBody(UpdateModelGroupInput, "models", {
  items: groupModel.schema,
  of: groupModel,
  example: [{ model_name: "gpt-4o-mini" }, { model_name: "gpt-3.5-turbo" }],
});

export function modelGroupRoutes(server: FastifyInstance): void {
  const routes = new Routes(server, "Model groups");
  changeModelGroups(routes);
  readModelGroups(routes);
}

function changeModelGroups(routes: Routes): void {
  routes.on(
    "POST /model-groups/create",
    {
      name: "createModelGroup",
      summary: "Creates a model group. Admin only. The answer is 400 if the name is taken.",
      body: createModelGroup,
      answer: ModelGroup,
    },
    async (context, { body }) => {
      const group = await context.services.modelGroups.create(context.viewer, createModelGroup.toInput(body));
      return withModels(context, group);
    },
  );

  routes.on(
    "PUT /model-groups/:group_name/models",
    {
      name: "updateModelGroup",
      summary: "Replaces the models of a group. Admin only. Calls that are already running keep the old ones.",
      body: groupModels,
      answer: ModelGroup,
    },
    async (context, { params, body }) => {
      const input = groupModels.toInput(body, { name: params.group_name });
      return withModels(context, await context.services.modelGroups.update(context.viewer, input));
    },
  );

  routes.on(
    "DELETE /model-groups/:group_name",
    {
      name: "deleteModelGroup",
      summary: "Deletes a model group. Admin only. The answer is 409 while a team has the group.",
      answer: Message,
    },
    async ({ services, viewer }, { params }) => {
      const { name } = await services.modelGroups.delete(viewer, params.group_name);
      return deletedGroupShape(name);
    },
  );
}

function readModelGroups(routes: Routes): void {
  routes.on(
    "GET /model-groups",
    {
      name: "modelGroups",
      summary: "Lists the model groups in order of name. A team's key sees the groups of its team.",
      query: PAGE_QUERY,
      answer: listOf(ModelGroup),
      answerHeaders: TOTAL_COUNT,
    },
    async (context, { query, reply }) => {
      const page = await context.services.modelGroups.list(context.viewer, pageOf(query));
      reply.header("x-total-count", await page.count());
      return Promise.all(page.rows.map((group) => withModels(context, group)));
    },
  );

  routes.on(
    "GET /model-groups/:group_name",
    {
      name: "modelGroup",
      summary: "Returns one model group. A team's key finds the groups of its team.",
      answer: ModelGroup,
    },
    async (context, { params }) =>
      withModels(context, await context.services.modelGroups.get(context.viewer, params.group_name)),
  );

  routes.on(
    "GET /model-groups/:group_name/resolve",
    {
      name: "resolveModelGroup",
      summary:
        "Lists the models that a call of a team would try. The answer is 403, as for the call, if the team does not have the group.",
      query: {
        team_id: Type.String({
          description: "The team. A team's key may name only its own team.",
          examples: [EXAMPLE.teamId],
        }),
      },
      answer: ModelPlan,
    },
    async ({ services, viewer }, { params, query }) =>
      planShape(params.group_name, await services.teams.plan(viewer, query.team_id, params.group_name)),
  );
}

async function withModels(context: RequestContext, group: ModelGroupRow) {
  return modelGroupShape(group, await modelsOfGroupLoader(context).load(group.id));
}
