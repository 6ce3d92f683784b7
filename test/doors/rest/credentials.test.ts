import { describe, expect, it } from "vitest";
import { ADMIN_KEY } from "../../kit/gateway/gateway.js";
import { ROUTES, titled } from "../../kit/rest/routes.js";
import { useRoutes } from "../../kit/rest/use-routes.js";

const { gateway, requestTo, stranger } = useRoutes();

describe.each(titled(ROUTES))("%s", (_, route) => {
  const { method, path, body } = requestTo(route);

  it("is 401 without a key and with a wrong one, before anything else is looked at", async () => {
    for (const key of [undefined, "null", "sk-wrong", `sk-${"0".repeat(64)}`]) {
      expect(await gateway.rest(key).refusal(401, method, path(), body())).toEqual(expect.any(String));
      if (route.body) await gateway.rest(key).refusal(401, method, path(), "{");
    }
  });

  it(`is ${route.other} to another team's key`, async () => {
    const answer = await stranger().send(method, path(), body());
    expect(answer.status, JSON.stringify(answer.body)).toBe(route.other);
  });
});

describe("the door", () => {
  it("has no route that is missing from these tests", async () => {
    const { paths } = (await (await fetch(`${gateway.url}/docs/json`)).json()) as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual(ROUTES.map(({ call }) => call).sort());
  });

  it("answers a suspended team with 403, whatever it asks", async () => {
    const team = await gateway.world.team();
    const job = await team.job();
    await gateway.rest(ADMIN_KEY).ok("PUT", `/api/teams/${team.id}/suspend`);
    const suspended = gateway.rest(team.secret);
    for (const path of [`/api/teams/${team.id}`, `/api/jobs/${job.id}`, "/api/model-groups"]) {
      const answer = await suspended.send("GET", path);
      expect([answer.status, answer.headers.get("x-tollgate-error-code")]).toEqual([403, "TEAM_SUSPENDED"]);
    }
    await gateway.rest(ADMIN_KEY).ok("PUT", `/api/teams/${team.id}/resume`);
    expect(await suspended.ok("GET", `/api/teams/${team.id}`)).toMatchObject({ status: "active" });
  });
});
