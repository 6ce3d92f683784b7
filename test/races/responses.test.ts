import { describe, expect, it } from "vitest";
import { hasPostgres } from "../kit/database/database.js";
import { useTwoGateways } from "../kit/gateway/gateway.js";
import { heldBack } from "../kit/upstream/held-back.js";
import { answer } from "../kit/upstream/upstream-behaviours.js";
import { name } from "../kit/world.js";

describe.runIf(hasPostgres())("a response that is kept, in two processes", { timeout: 60_000 }, () => {
  const { one, other } = useTwoGateways();

  async function benchOf() {
    const model = name("model");
    one.upstream.on(model, answer());
    const team = await one.world.team({ models: [model], credits: 100 });
    const headers = { authorization: `Bearer ${team.secret}`, "content-type": "application/json" };
    const ask = async (at: { url: string }, input: string, previous?: string) => {
      const body = JSON.stringify({ model: team.modelGroup, input, previous_response_id: previous ?? null });
      const response = await fetch(`${at.url}/v1/responses`, { method: "POST", headers, body });
      return { status: response.status, body: JSON.parse(await response.text()) };
    };
    const remove = async (at: { url: string }, id: string) =>
      (await fetch(`${at.url}/v1/responses/${id}`, { method: "DELETE", headers })).status;
    const questions = () =>
      one.upstream.requests
        .filter(({ body }) => body.model === model)
        .map(({ body }) =>
          body.messages.filter((each: Message) => each.role === "user").map((each: Message) => each.content),
        );
    return { model, ask, remove, questions };
  }
  interface Message {
    readonly role: string;
    readonly content: string;
  }

  it("is gone on from by many at once: each has the conversation before it, and nothing of the others", async () => {
    const { ask, questions } = await benchOf();
    const first = (await ask(one, "One?")).body.id;
    const at = (index: number) => (index % 2 === 0 ? one : other);
    const many = Array.from({ length: 16 }, (_, index) => `Two ${index}?`);
    const seconds = await Promise.all(many.map((text, index) => ask(at(index), text, first)));
    expect(seconds.map(({ status }) => status)).toEqual(many.map(() => 200));
    const thirds = await Promise.all(seconds.map(({ body }, index) => ask(at(index + 1), "Three?", body.id)));
    expect(thirds.map(({ status }) => status)).toEqual(many.map(() => 200));
    expect(questions().slice(-16).sort()).toEqual(many.map((text) => ["One?", text, "Three?"]).sort());
  });

  it("may be deleted while it is gone on from, which is answered, and cannot be gone on from after that", async () => {
    const { model, ask, remove } = await benchOf();
    const first = (await ask(one, "One?")).body.id;
    const { held, arrived, release } = heldBack(answer({ content: "Still here." }));
    one.upstream.on(model, held);
    const going = ask(one, "Two?", first);
    await arrived;
    expect(await Promise.all([remove(other, first), remove(one, first)])).toContain(200);
    release();
    const second = await going;
    expect(second).toMatchObject({ status: 200, body: { status: "completed", previous_response_id: first } });
    for (const at of [one, other]) {
      const late = { status: 400, body: { error: { code: "previous_response_not_found" } } };
      expect(await ask(at, "Three?", first)).toMatchObject(late);
      expect(await ask(at, "Three?", second.body.id)).toMatchObject(late);
    }
    expect(await remove(other, second.body.id)).toBe(200);
  });
});
