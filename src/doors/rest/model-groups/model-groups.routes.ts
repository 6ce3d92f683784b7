import type { FastifyInstance } from "fastify";
import type { RequestContext } from "../../../edge/context.js";
import { integer, listOf, ref, text } from "../../../edge/http/json-schema.js";
import {
  CreateModelGroupInput,
  GroupModelInput,
  UpdateModelGroupInput,
} from "../../../features/models/model-group.input.js";
import { modelsOfGroupLoader } from "../../../features/models/model-group.loader.js";
import type { ModelGroupRow } from "../../../features/models/model-group.service.js";
import { Body, ListBody, optional, required } from "../body.js";
import { PAGE_QUERY, type PageQuery, pageOf } from "../page-query.js";
import { Routes } from "../route.js";
import { modelGroupShape, planShape } from "../shapes.js";

const groupModel = new Body(GroupModelInput, {
  model_name: required("name", text("As the upstream calls it, 1 to 200 characters; once in a group.")),
  priority: optional("priority", integer("0 to 1000, 0 is tried first; null is the position in the list.")),
});

const createModelGroup = new Body(CreateModelGroupInput, {
  group_name: required("name", text("1 to 100 letters, digits or . _ : @ -; unique, and never changed.")),
  display_name: optional("displayName", text("1 to 200 characters; null is the name.")),
  description: optional("description", text("1 to 2000 characters.")),
  models: required("models", listOf(groupModel.schema, "1 to 20 models."), { of: groupModel }),
});

const groupModels = new ListBody(UpdateModelGroupInput, "models", groupModel.schema, groupModel);

export async function modelGroupRoutes(server: FastifyInstance): Promise<void> {
  const routes = new Routes(server, "Model groups");
  changeModelGroups(routes);
  readModelGroups(routes);
}

function changeModelGroups(routes: Routes): void {
  routes.on(
    "POST /model-groups/create",
    {
      name: "createModelGroup",
      summary: "Create a model group. Admin only. 400 where the name is taken.",
      body: createModelGroup,
      answer: ref("ModelGroup"),
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
      summary: "Replace a group's models, for calls that are admitted from then on. Admin only.",
      body: groupModels,
      answer: ref("ModelGroup"),
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
      summary: "Delete a group. Admin only. 409 while a team has it.",
      answer: ref("Message"),
    },
    async ({ services, viewer }, { params }) => {
      const { name } = await services.modelGroups.delete(viewer, params.group_name);
      return { message: `Model group ${name} was deleted.` };
    },
  );
}

function readModelGroups(routes: Routes): void {
  routes.on<PageQuery>(
    "GET /model-groups",
    {
      name: "modelGroups",
      summary:
        "The model groups, in order of name; to a team's key, those assigned to it. The header x-total-count has the number of all.",
      query: PAGE_QUERY,
      answer: listOf(ref("ModelGroup")),
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
      summary: "One model group. A team's key finds those assigned to it.",
      answer: ref("ModelGroup"),
    },
    async (context, { params }) =>
      withModels(context, await context.services.modelGroups.get(context.viewer, params.group_name)),
  );

  routes.on<{ team_id: string }>(
    "GET /model-groups/:group_name/resolve",
    {
      name: "resolveModelGroup",
      summary:
        "The models that a team's call would try. 403, as for such a call, where the team does not have the group.",
      query: { team_id: text("Which team; a team's key has but its own.") },
      queryRequired: ["team_id"],
      answer: ref("Plan"),
    },
    async ({ services, viewer }, { params, query }) =>
      planShape(params.group_name, await services.teams.plan(viewer, query.team_id, params.group_name)),
  );
}

async function withModels(context: RequestContext, group: ModelGroupRow) {
  return modelGroupShape(group, await modelsOfGroupLoader(context).load(group.id));
}
