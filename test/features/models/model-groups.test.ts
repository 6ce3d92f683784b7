import { expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";

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
