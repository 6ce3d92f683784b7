import { describe, expect, it } from "vitest";
import { anthropicOf } from "../../kit/clients/anthropic.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { streamed } from "../../kit/upstream/upstream-streams.js";

const gateway = useGateway({ upstream: "scripted" });
const { teamWith } = anthropicOf(gateway);

describe("A request for a message", () => {
  it.each([{ mcp_servers: [] }, { mcp_servers: null }, { container: null }, { tools: [] }, { stop_sequences: [] }])(
    "may say %j, which asks for nothing",
    async (more) => {
      const { model, anthropic, ask } = await teamWith(streamed(["Yes."]));
      expect(await anthropic.messages.create({ ...ask, ...more } as typeof ask)).toMatchObject({
        content: [{ type: "text", text: "Yes." }],
      });
      const asked = gateway.upstream.requests.findLast(({ body }) => body.model === model)?.body;
      for (const name of Object.keys(more)) expect(asked).not.toHaveProperty(name);
    },
  );
});
