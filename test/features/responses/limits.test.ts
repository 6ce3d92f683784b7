import { describe, expect, it } from "vitest";
import { KeptBytes } from "../../../src/features/responses/kept-bytes.js";
import { responsesOf } from "../../kit/clients/responses.js";
import { useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();
const { teamWith } = responsesOf(gateway);

describe("a team keeps no more than it may", () => {
  it("in bytes of what was asked: the rest must not be stored", async () => {
    const { team, model, openai } = await teamWith();
    await openai.responses.create({ model, input: "Hi".repeat(1_000) });
    const kept = new KeptBytes(gateway.app.database.sql, 4_000);
    await kept.add(team.id, 500);
    await expect(kept.add(team.id, 1_500)).rejects.toMatchObject({ code: "INVALID_INPUT", data: { field: "store" } });
    // Another team has room of its own.
    await kept.add("another-team", 3_900);
    await expect(kept.add("another-team", 101)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    kept.measureAgain("another-team");
    await kept.add("another-team", 3_900);
  });

  it("in responses and bytes of one conversation", async () => {
    const { model, openai } = await teamWith();
    const first = await openai.responses.create({ model, input: "One?" });
    const callId = first.id.slice("resp_".length);
    const { db } = gateway.app.database;
    const fill = (bytes: number) =>
      db.$executeRaw`UPDATE responses SET bytes = ${bytes} WHERE call_id = ${callId}::uuid`;
    await fill(9 * 1024 * 1024);
    const next = () => openai.responses.create({ model, input: "Two?", previous_response_id: first.id });
    await expect(next()).rejects.toMatchObject({ status: 400, param: "previous_response_id", code: "invalid_input" });
    await fill(10);
    // A row that names itself would never end.
    await db.$executeRaw`UPDATE responses SET previous_id = call_id WHERE call_id = ${callId}::uuid`;
    await expect(next()).rejects.toMatchObject({ status: 400, message: expect.stringContaining("1000 responses") });
    await db.$executeRaw`UPDATE responses SET previous_id = gen_random_uuid() WHERE call_id = ${callId}::uuid`;
    await expect(next()).rejects.toMatchObject({ status: 400, code: "previous_response_not_found" });
  });
});
