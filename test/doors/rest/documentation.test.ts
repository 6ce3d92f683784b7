import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { useGateway } from "../../kit/gateway/gateway.js";

describe("the documentation of the REST door", () => {
  const gateway = useGateway();
  const closed = useGateway({ env: { INTROSPECTION: "off" } });

  it("is an OpenAPI 3.1 document in which every reference leads somewhere and every operation has its own name", async () => {
    const document = await (await fetch(`${gateway.url}/docs/json`)).text();
    const { openapi, paths, components } = JSON.parse(document);
    expect(openapi).toBe("3.1.0");
    const references = [...document.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(20);
    for (const name of references) expect(components.schemas).toHaveProperty([String(name)]);
    const operations = Object.values<Record<string, { operationId: string; summary: string; tags: string[] }>>(
      paths,
    ).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { summary, tags } of operations) expect([summary, ...tags]).toSatisfy((texts) => texts.every(Boolean));
    expect(Object.keys(paths).every((path) => path.startsWith("/api/"))).toBe(true);
  });

  it("is the document in openapi.json", async () => {
    const file = readFileSync(new URL("../../../openapi.json", import.meta.url), "utf8");
    const served = await (await fetch(`${gateway.url}/docs/json`)).json();
    expect(served, "run `npm run schema` and look at the difference").toEqual(JSON.parse(file));
  });

  it("is a page that comes entirely from this server, under a policy that allows no other source", async () => {
    for (const path of ["/docs", "/docs/"]) {
      const page = await fetch(`${gateway.url}${path}`);
      expect(page.headers.get("content-security-policy")).toMatch(/default-src 'none'; script-src 'self';/);
      const sources = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source = ""]) => source);
      expect(sources.length).toBeGreaterThan(4);
      for (const source of sources) {
        const part = new URL(source, `${gateway.url}${path}`);
        expect(part.origin).toBe(gateway.url);
        const answer = await fetch(part);
        expect([answer.status, (await answer.text()).length > 0], part.href).toEqual([200, true]);
      }
    }
  });

  it("is not served if INTROSPECTION is off", async () => {
    for (const path of ["/docs", "/docs/json", "/docs/yaml"]) {
      const answer = await fetch(`${closed.url}${path}`);
      expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining("NOT_FOUND")]);
    }
  });
});
