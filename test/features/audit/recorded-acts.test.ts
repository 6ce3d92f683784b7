import { readFileSync } from "node:fs";
import { buildSchema } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { RECORDED_OPERATIONS } from "../../../src/features/audit/act.js";
import { TRIED_ACTS } from "../../kit/audit/acts.js";
import { newStage, type Stage } from "../../kit/audit/stage.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";
import { name } from "../../kit/world.js";

/** What a team does in its own jobs is its work, and not administration. */
const WORK = ["createJob", "updateJobMetadata", "runLlmCall", "startLlmCall", "embed"];

const gateway = useGateway({ upstream: "scripted" });
let stage: Stage;
beforeAll(async () => {
  await gateway.server.background.stop();
  const model = name("model");
  gateway.upstream.on(model, heldStream());
  stage = await newStage(gateway, model);
});

const lines = () => gateway.database.db.auditEntry.findMany({ orderBy: { sequence: "asc" } });

it("knows of each mutation whether it is recorded", () => {
  const schema = buildSchema(readFileSync("schema.graphql", "utf8"));
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
  expect([...RECORDED_OPERATIONS, ...WORK].sort()).toEqual(mutations.sort());
  expect(Object.keys(TRIED_ACTS).sort()).toEqual([...RECORDED_OPERATIONS].sort());
});

describe.each(Object.entries(TRIED_ACTS))("%s", (operation, act) => {
  it("leaves one line, with who, what, and what has changed", async () => {
    const before = await lines();
    const variables = act.variables(stage);
    const requestId = name("request");
    const response = await fetch(`${gateway.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-admin-key": ADMIN_KEY,
        "x-request-id": requestId,
      },
      body: JSON.stringify({ query: act.query, variables }),
    });
    const answer = JSON.parse(await response.text());
    expect(answer.errors).toBeUndefined();
    const added = (await lines()).slice(before.length);
    expect(added).toEqual([
      expect.objectContaining({
        operation,
        actor: "admin",
        requestId: response.headers.get("x-request-id"),
        subjectType: act.type,
        subjectId: act.subject(stage) ?? madeBy(answer.data[operation]).id,
        organizationId: act.organization(stage),
      }),
    ]);
    const [line] = added;
    if ("before" in act) expect(JSON.parse(line?.before ?? "null")).toEqual(partial(act.before));
    if ("after" in act) expect(JSON.parse(line?.after ?? "null")).toEqual(partial(act.after));
    expect(`${line?.before}${line?.after}`).not.toMatch(/hash|sk-[0-9a-f]{9}|sk-org-[0-9a-f]{9}/i);
    if (!act.isRepeatable) return;
    await gateway.admin.data(act.query, variables);
    expect(await lines(), "a repeat changes nothing, and leaves no line").toHaveLength(before.length + 1);
  });
});

const madeBy = ({ key, webhook }: { key?: { id: string }; webhook?: { id: string } }) => key ?? webhook ?? { id: "" };

const partial = (shown: unknown) => (shown === null ? null : expect.objectContaining(shown as object));
