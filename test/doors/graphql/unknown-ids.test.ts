import { describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import type { Given, Name } from "../../kit/arguments/operations.js";
import { MODES, useArguments } from "../../kit/arguments/use-arguments.js";
import { call, credits, end, job, key, long, organization, team } from "../../kit/arguments/values.js";
import { shorten } from "../../kit/arguments/written.js";

const sender = useArguments();

const ANY_UUID = newId();

/** What an id may not be, and what is merely unknown. */
const NO_IDS = [
  "",
  " ",
  "no-such",
  "not-a-uuid",
  "../acme",
  "' OR 1=1 --",
  `{${ANY_UUID}}`,
  `${ANY_UUID}\n`,
  "a\0b",
  "\0",
  "😀",
  long(10_000),
  "😀".repeat(5_000),
];
const ID_PLACES: readonly (readonly [Name, (id: string) => Given])[] = [
  ...(["organization", "team", "job", "llmCall"] as const).map((name) => [name, (id: string) => ({ id })] as const),
  ...(["suspendTeam", "resumeTeam", "deleteTeam", "revokeVirtualKey", "rotateVirtualKey"] as const).map(
    (name) => [name, (id: string) => ({ id })] as const,
  ),
  ...(["suspendOrganization", "resumeOrganization", "deleteOrganization"] as const).map(
    (name) => [name, (id: string) => ({ id })] as const,
  ),
  ...(["updateOrganization", "updateTeam", "updateVirtualKey"] as const).map(
    (name) => [name, (id: string) => ({ input: { id } })] as const,
  ),
  ["modelGroup", (id) => ({ name: id })],
  ["teams", (id) => ({ organizationId: id })],
  ["jobs", (id) => ({ teamId: id })],
  ["createTeam", (id) => team({ organizationId: id })],
  ["createTeam", (id) => team({ modelGroups: ["Chat", id], creditsAllocated: 5 })],
  ["createVirtualKey", (id) => key({ teamId: id })],
  ["addCredits", (id) => credits({ teamId: id, credits: 1 })],
  ["createJob", (id) => job({ teamId: id })],
  ["completeJob", (id) => end({ jobId: id })],
  ["updateJobMetadata", (id) => ({ jobId: id, metadata: {} })],
  ["runLlmCall", (id) => call({ jobId: id })],
];

describe.each(MODES)("with arguments given as %s", (mode) => {
  describe.each(ID_PLACES)("%s", (name, make) => {
    it.each(NO_IDS.map((id) => [shorten(id), id]))(
      "answers NOT_FOUND for the id %s and writes nothing",
      async (_, id) => {
        const error = await sender.refused(mode, name, make(id));
        expect(error.extensions).toMatchObject({
          code: "NOT_FOUND",
          status: 404,
          retryable: false,
          id: id.slice(0, 80),
        });
        expect(error.message).toContain(JSON.stringify(id).slice(0, 60));
      },
    );
  });

  it.each(NO_IDS.map((id) => [shorten(id), id]))("runLlmCall may not use the model group %s", async (_, id) => {
    const error = await sender.refused(mode, "runLlmCall", call({ modelGroup: id }));
    expect(error.extensions.code).toBe("MODEL_GROUP_NOT_ALLOWED");
  });
});

describe("an id that is too long to be shown", () => {
  it("is cut between characters, never within one", async () => {
    const id = `a${"😀".repeat(5_000)}`;
    for (const error of [
      await sender.refused("variables", "team", { id }),
      await sender.refused("variables", "runLlmCall", call({ modelGroup: id })),
      await sender.refused("variables", "createOrganization", organization({ id })),
    ]) {
      expect(JSON.stringify(error)).not.toMatch(/\\ud[89a-f]/i);
    }
  });
});
