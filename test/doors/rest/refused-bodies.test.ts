import { describe, expect, it } from "vitest";
import { ROUTES, titled } from "../../kit/rest/routes.js";
import { useRoutes } from "../../kit/rest/use-routes.js";

const { requestTo } = useRoutes();

const WITH_BODY = ROUTES.filter(({ body }) => body);

describe.each(titled(WITH_BODY))("%s", (_, route) => {
  const { method, path, holder } = requestTo(route);

  it("is 422 without a body or with one that is not JSON, 415 for another type, 413 for more than 8 MiB", async () => {
    for (const sent of ["{", "", "{'a': 1}", '{"__proto__": {}}', "\u0000"]) {
      expect(await holder().refusal(422, method, path(), sent)).toMatchObject([{ loc: ["body"] }]);
    }
    expect((await holder().send(method, path(), "a=1", { "content-type": "text/plain" })).status).toBe(415);
    const large = JSON.stringify({ metadata: "x".repeat(8 * 1024 * 1024) });
    expect(await holder().refusal(413, method, path(), large)).toEqual(expect.any(String));
  });
});

describe("JSON of any kind", () => {
  const DEEP = "[".repeat(20_000) + "]".repeat(20_000);
  const VALUES = ["0", "-1", "1e400", '""', "[]", "{}", "[null]", '"\\u0000"', '"\\ud800"', "true", "null", DEEP];

  it.each(titled(WITH_BODY))("never gets 500 from %s", async (_, route) => {
    const { method, path, body, holder } = requestTo(route);
    const valid = Object(body());
    const names = Array.isArray(valid) ? [] : [...Object.keys(valid), "metadata"];
    const bodies = VALUES.flatMap((value) => [
      value,
      `[${value}]`,
      ...names.map((field) => JSON.stringify({ ...valid, [field]: "?" }).replace('"?"', () => value)),
    ]);
    for (const text of bodies) {
      const answer = await holder().send(method, path(), text);
      expect(answer.status, `${text.slice(0, 60)} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
    }
  });
});
