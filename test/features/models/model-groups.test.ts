import { expect, it } from "vitest";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { name } from "../../kit/world.js";

const gateway = useGateway();

it("A model group is seen by the teams it is assigned to, and by no other.", async () => {
  const [shared, alone] = [await gateway.world.modelGroup(), await gateway.world.modelGroup()];
  const organization = await gateway.world.organization();
  const [first, second] = [
    await organization.team({ groups: [shared, alone] }),
    await organization.team({ groups: [shared] }),
  ];
  const read = "query ($name: ID!) { modelGroup(name: $name) { name } }";
  expect(await first.client.data(read, { name: alone })).toEqual({ modelGroup: { name: alone } });
  expect(await second.client.data(read, { name: shared })).toEqual({ modelGroup: { name: shared } });
  await second.client.refusal("NOT_FOUND", read, { name: alone });
  const { modelGroups } = await second.client.data("{ modelGroups { totalCount nodes { name } } }");
  expect(modelGroups).toEqual({ totalCount: 1, nodes: [{ name: shared }] });
});

it("A model group may be named as a model is, with slashes, and is found under that name everywhere.", async () => {
  const { world } = gateway;
  const group = await world.modelGroup(["gpt-4o-mini"], `meta-llama/${name("Llama")}/8B:free`);
  const team = await world.team({ groups: [group] });
  const [admin, rest] = [gateway.rest(ADMIN_KEY), gateway.rest(team.secret)];
  const escaped = encodeURIComponent(group);
  expect(await team.job().then((job) => job.call())).toMatchObject({ status: "SUCCEEDED" });
  for (const path of [`/v1/models/${group}`, `/v1/models/${escaped}`, `/v1/models/${group}/`])
    expect((await rest.send("GET", path)).body, path).toMatchObject({ id: group, object: "model" });
  expect(await rest.ok("GET", `/api/model-groups/${escaped}`)).toMatchObject({ group_name: group });
  const plan = await rest.ok("GET", `/api/model-groups/${escaped}/resolve?team_id=${team.id}`);
  expect(plan).toMatchObject({ group_name: group, primary_model: "gpt-4o-mini" });
  const models = [{ model_name: "gpt-4o" }];
  expect(await admin.ok("PUT", `/api/model-groups/${escaped}/models`, models)).toMatchObject({ group_name: group });
  await admin.ok("PUT", `/api/teams/${team.id}/model-groups`, []);
  await admin.ok("DELETE", `/api/model-groups/${escaped}`);
  await admin.refusal(404, "GET", `/api/model-groups/${escaped}`);
});

it.each(["/a", "a/", "a//b", "a/../b", "a/.b", "a/b c", `a/${"b".repeat(99)}`])(
  "%s is no name of a model group.",
  async (group) => {
    const detail = await gateway.rest(ADMIN_KEY).refusal(422, "POST", "/api/model-groups/create", {
      group_name: group,
      models: [{ model_name: "a" }],
    });
    expect(detail).toMatchObject([{ loc: ["body", "group_name"] }]);
  },
);
