import { describe, expect, it } from "vitest";
import { hasBrowser, useBrowser } from "../../kit/browser/use-browser.js";
import { useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();
const START = "mutation ($input: LlmCallInput!) { startLlmCall(input: $input) { id } }";
const TOKEN = "query ($id: ID!) { streamToken(callId: $id) { token } }";

/** What docs/clients.md shows, in a page of the gateway. It resolves with what arrived. */
function follow({ callId, token }: { callId: string; token: string }): Promise<string[]> {
  const query = `subscription { llmCallEvents(callId: "${callId}") { __typename
    ... on LlmCallDelta { content } ... on LlmCallFinished { call { status } } } }`;
  const events = new EventSource(`/graphql/stream?${new URLSearchParams({ query, token })}`);
  return new Promise((resolve, reject) => {
    const seen: string[] = [];
    events.addEventListener("next", (event) => {
      const { data } = event as unknown as { readonly data: string };
      seen.push(JSON.parse(data).data.llmCallEvents.__typename);
    });
    events.addEventListener("complete", () => {
      events.close();
      resolve(seen);
    });
    events.addEventListener("error", () => reject(new Error("The stream failed.")));
  });
}

describe.skipIf(!hasBrowser())("a page's EventSource", () => {
  const browser = useBrowser();

  it("follows a call with a token", async () => {
    const { client, modelGroup } = await gateway.world.team();
    const input = { modelGroup, messages: [{ role: "USER", content: "What is a tollgate?" }] };
    const callId: string = (await client.data(START, { input })).startLlmCall.id;
    const { token } = (await client.data(TOKEN, { id: callId })).streamToken;
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${gateway.url}/graphiql`);
    const seen = await page.evaluate(follow, { callId, token });
    expect(seen.at(-1)).toBe("LlmCallFinished");
    await expect(page.evaluate(follow, { callId: crypto.randomUUID(), token })).rejects.toThrow("The stream failed.");
  });
});
