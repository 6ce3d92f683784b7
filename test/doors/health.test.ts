import { describe, expect, it } from "vitest";
import { send } from "../kit/clients/http.js";
import { closeWithoutDatabase, startGateway } from "../kit/gateway/gateway.js";

describe("/health", () => {
  it("is live and ready while the database answers, and then only live", async () => {
    const gateway = await startGateway();
    const read = async (path: string) => {
      const { status, text } = await send(gateway, { path });
      return { status, body: JSON.parse(text) };
    };
    try {
      expect(await read("/health/live")).toEqual({ status: 200, body: { status: "live" } });
      expect(await read("/health/ready")).toEqual({ status: 200, body: { status: "ready" } });
      await gateway.app.database.close();
      expect(await read("/health/live")).toEqual({ status: 200, body: { status: "live" } });
      const reason = expect.stringMatching(/^The database does not answer/);
      expect(await read("/health/ready")).toEqual({ status: 503, body: { status: "not ready", reason } });
    } finally {
      await closeWithoutDatabase(gateway);
    }
  });
});
