import { expect } from "vitest";
import { expectToFit, openApi } from "./openapi.js";

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests pick from answers whose shape they state themselves.
  readonly body: any;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A REST client of one credential, over real HTTP. */
export class RestClient {
  constructor(
    readonly url: string,
    private readonly headers: Record<string, string>,
  ) {}

  /** Sends a body as JSON; a string goes out as it is. */
  async send(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<RestAnswer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { "content-type": "application/json", ...this.headers, ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  /** The body of a request that must succeed, and must answer as the OpenAPI document says. */
  async ok(method: Method, path: string, body?: unknown): Promise<RestAnswer["body"]> {
    const answer = await this.send(method, path, body);
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBe(200);
    await this.expectAsDocumented(method, path, answer.body);
    return answer.body;
  }

  /** What a request that must be refused with this status was told: a sentence, or the list of its faults. */
  async refusal(status: number, method: Method, path: string, body?: unknown): Promise<RestAnswer["body"]> {
    const answer = await this.send(method, path, body);
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBe(status);
    expect(Object.keys(answer.body)).toEqual(["detail"]);
    return answer.body.detail;
  }

  private async expectAsDocumented(method: Method, path: string, body: unknown): Promise<void> {
    const document = await openApi(this.url);
    const asked = path.split("?")[0] ?? "";
    const template = Object.keys(document.paths)
      .filter((known) => new RegExp(`^${known.replace(/\{\w+\}/g, "[^/]+")}$`).test(asked))
      .sort((a, b) => a.split("{").length - b.split("{").length)[0];
    const operation = document.paths[template ?? ""]?.[method.toLowerCase()];
    expectToFit(
      document,
      operation?.responses[200].content["application/json"]?.schema ?? { not: {} },
      body,
      `${method} ${path}`,
    );
  }
}
