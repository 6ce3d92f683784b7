import { beforeAll, describe, expect, it } from "vitest";
import type { GraphqlClient } from "../../kit/clients/graphql.js";
import { CREATE_KEY } from "../../kit/credentials.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { CREATE_JOB, type TestTeam } from "../../kit/world.js";

const LIST = "query ($filter: JobFilter) { jobs(first: 100, filter: $filter) { totalCount nodes { id jobType } } }";

describe("the filters of the list of jobs", () => {
  const gateway = useGateway();
  let mine: TestTeam;
  let sibling: TestTeam;
  let other: TestTeam;
  let organization: GraphqlClient;
  let secondKeyId = "";

  beforeAll(async () => {
    const customer = await gateway.world.organization();
    mine = await customer.team();
    sibling = await customer.team();
    other = await gateway.world.team();
    organization = (await gateway.world.organizationKey(customer.id)).client;
    const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input: { teamId: mine.id } });
    secondKeyId = createVirtualKey.key.id;
    const open = (client: GraphqlClient, jobType: string, metadata: object) =>
      client.data(CREATE_JOB, { input: { jobType, metadata } });
    await open(mine.client, "plain", {});
    await open(mine.client, "tagged", { tags: ["urgent"], customer: "acme" });
    await open(gateway.client(createVirtualKey.virtualKey), "second key", {});
    await open(sibling.client, "siblings", { customer: "acme" });
    await open(other.client, "others", { customer: "acme" });
    const failing = await mine.job("failed");
    await failing.complete({ status: "FAILED", errorMessage: "The printer is on fire." });
  });

  const listed = async (client: GraphqlClient, filter: object) => {
    const { jobs } = await client.data(LIST, { filter });
    expect(jobs.totalCount).toBe(jobs.nodes.length);
    return jobs.nodes.map(({ jobType }: { jobType: string }) => jobType);
  };

  it.each<[string, () => object, ofTeam: string[], ofOrganization: string[], ofAdmin: string[]]>([
    [
      "metadata",
      () => ({ metadataContains: { customer: "acme" } }),
      ["tagged"],
      ["siblings", "tagged"],
      ["others", "siblings", "tagged"],
    ],
    [
      "an item of a list in the metadata",
      () => ({ metadataContains: { tags: ["urgent"] } }),
      ["tagged"],
      ["tagged"],
      ["tagged"],
    ],
    [
      "any metadata",
      () => ({ metadataContains: {} }),
      ["tagged"],
      ["siblings", "tagged"],
      ["others", "siblings", "tagged"],
    ],
    ["teams", () => ({ teamIds: [sibling.id, other.id, "absent"] }), [], ["siblings"], ["others", "siblings"]],
    ["no team", () => ({ teamIds: [] }), [], [], []],
    ["a key", () => ({ keyIds: [secondKeyId, "no uuid"] }), ["second key"], ["second key"], ["second key"]],
    ["a key out of reach", () => ({ keyIds: [other.keyId] }), [], [], ["others"]],
    ["a key and a team that do not go together", () => ({ keyIds: [secondKeyId], teamIds: [sibling.id] }), [], [], []],
    ["words of an error", () => ({ errorText: "FIRE print" }), ["failed"], ["failed"], ["failed"]],
    ["words of an error and a state without", () => ({ errorText: "fire", status: ["COMPLETED"] }), [], [], []],
  ])("let through what has %s", async (_what, filter, ofTeam, ofOrganization, ofAdmin) => {
    expect(await listed(mine.client, filter())).toEqual(ofTeam);
    expect(await listed(organization, filter())).toEqual(ofOrganization);
    expect(await listed(gateway.admin, filter())).toEqual(ofAdmin);
    const { team } = await organization.data(
      "query ($id: ID!, $filter: JobFilter) { team(id: $id) { jobs(first: 100, filter: $filter) { nodes { jobType } } } }",
      { id: mine.id, filter: filter() },
    );
    expect(team.jobs.nodes.map(({ jobType }: { jobType: string }) => jobType)).toEqual(ofTeam);
  });

  it("are the same over REST, across teams", async () => {
    const types = async (secret: string, query: string) =>
      (await gateway.rest(secret).ok("GET", `/api/jobs?${query}`)).map((job: { job_type: string }) => job.job_type);
    expect(await types(mine.secret, "status=failed&status=completed")).toEqual(["failed"]);
    expect(await types(mine.secret, `key_ids=${secondKeyId}&key_ids=${mine.keyId}&job_type=plain`)).toEqual(["plain"]);
    expect(await types(sibling.secret, `team_ids=${mine.id}`)).toEqual([]);
    expect(await types(mine.secret, `metadata_contains=${encodeURIComponent('{"customer":"acme"}')}`)).toEqual([
      "tagged",
    ]);
    expect(await types(mine.secret, "error_text=fire&limit=1")).toEqual(["failed"]);
    const answer = await gateway.rest(mine.secret).send("GET", "/api/jobs?limit=2&offset=1");
    expect([answer.headers.get("x-total-count"), answer.body.length]).toEqual(["4", 2]);
  });
});
