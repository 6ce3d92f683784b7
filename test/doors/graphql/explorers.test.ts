import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway.js";

describe("a browser", () => {
  const gateway = useGateway();
  const open = async (path: string) => {
    const response = await fetch(`${gateway.url}${path}`, { headers: { accept: "text/html" } });
    return { response, html: await response.text(), policy: response.headers.get("content-security-policy") ?? "" };
  };

  it("finds Apollo Sandbox at /graphql, with the socket beside it for subscriptions", async () => {
    const { response, html, policy } = await open("/graphql");
    expect(response.status).toBe(200);
    const [, script = ""] = /<script>(.*?)<\/script>/s.exec(html) ?? [];
    expect(optionsOf(script, "https://gate.example.com/graphql")).toMatchObject({
      initialEndpoint: "https://gate.example.com/graphql",
      initialSubscriptionEndpoint: "wss://gate.example.com/graphql",
      runTelemetry: false,
    });
    expect(optionsOf(script, "http://127.0.0.1:8003/graphql")).toMatchObject({
      initialSubscriptionEndpoint: "ws://127.0.0.1:8003/graphql",
    });
    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    const [, source = ""] = /<script src="(https:\/\/[^/]+)/.exec(html) ?? [];
    expect(policy).toContain(`script-src 'sha256-${sha256(script)}' ${source};`);
    expect(policy).toContain(`style-src 'sha256-${sha256(style)}';`);
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toContain("unsafe");
  });

  it("finds GraphiQL at /graphiql, which may connect to this server and nowhere else", async () => {
    const { policy } = await open("/graphiql");
    expect(policy).toContain("connect-src 'self';");
  });
});

describe("with introspection off", () => {
  const gateway = useGateway({ env: { INTROSPECTION: "off" } });
  it.each(["/graphql", "/graphiql"])("there is no page at %s", async (path) => {
    const response = await fetch(`${gateway.url}${path}`, { headers: { accept: "text/html" } });
    expect(response.status).not.toBe(200);
    expect(await response.text()).not.toContain("<script");
  });
});

/** What the page's script opens Sandbox with, where the page has this address. */
function optionsOf(script: string, address: string): unknown {
  let given: unknown;
  class EmbeddedSandbox {
    constructor(options: unknown) {
      given = options;
    }
  }
  new Function("location", "EmbeddedSandbox", script)(new URL(address), EmbeddedSandbox);
  return given;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");
