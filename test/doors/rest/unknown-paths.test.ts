import { describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { ADMIN_KEY } from "../../kit/gateway/gateway.js";
import { ROUTES, titled } from "../../kit/rest/routes.js";
import { useRoutes } from "../../kit/rest/use-routes.js";

const { gateway, theirs, requestTo } = useRoutes();

const WITH_IDS = ROUTES.filter(({ call }) => call.includes("{"));

describe.each(titled(WITH_IDS))("%s", (_, route) => {
  const { method, template, path, holder, body } = requestTo(route);

  for (const param of template.match(/(?<=\{)\w+(?=\})/g) ?? []) {
    it.each([newId(), "no-such", "not a uuid", "a\0b", "../etc", "' OR 1=1 --", "😀", "x".repeat(101), "%"])(
      `is 404 for the ${param} %j`,
      async (id) => {
        // What a team may not use and what does not exist are one answer, as for a call.
        const status = template.endsWith("/resolve") ? 403 : 404;
        const asked = { ...theirs(), [param]: id };
        const detail = await holder().refusal(status, method, path(asked, route.query?.(theirs())), body());
        // A call that is not of the job is what does not exist.
        const named = template.includes("{call_id}") ? asked.call_id : id;
        expect(detail).toContain(JSON.stringify(named).slice(0, 60));
      },
    );
  }
});

describe("the door", () => {
  it("answers an unknown path in the shape of its other errors", async () => {
    const admin = gateway.rest(ADMIN_KEY);
    expect(await admin.refusal(404, "GET", "/api/nothing")).toEqual(expect.any(String));
    expect(await admin.refusal(404, "PUT", "/api/organizations")).toEqual(expect.any(String));
    expect(await admin.refusal(400, "GET", "/api/organizations/%E0%A4%A")).toEqual(expect.any(String));
    expect(await admin.refusal(414, "GET", `/api/organizations/${"x".repeat(1000)}`)).toEqual(expect.any(String));
  });

  it("has the code of an error and the id of the request in headers", async () => {
    const { headers } = await gateway.rest(ADMIN_KEY).send("GET", "/api/teams/no-such");
    expect(headers.get("x-tollgate-error-code")).toBe("NOT_FOUND");
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});
