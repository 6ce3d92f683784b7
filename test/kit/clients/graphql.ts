import { expect } from "vitest";

export interface GraphqlError {
  readonly message: string;
  readonly path?: (string | number)[];
  readonly extensions: { readonly code: string; readonly [name: string]: unknown };
}

export interface GraphqlAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests pick from answers whose shape they state themselves.
  readonly data: any;
  readonly errors: GraphqlError[] | undefined;
  readonly extensions:
    | { cost?: { requested: number; maximum: number }; rateLimit?: Record<string, object> }
    | undefined;
}

/** A GraphQL client of one credential, over real HTTP. */
export class GraphqlClient {
  constructor(
    readonly url: string,
    private readonly headers: Record<string, string>,
  ) {}

  async send(
    query: string,
    variables: Record<string, unknown> = {},
    extensions?: Record<string, unknown>,
  ): Promise<GraphqlAnswer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...this.headers },
      body: JSON.stringify({ query, variables, extensions }),
    });
    return { status: response.status, ...((await response.json()) as Omit<GraphqlAnswer, "status">) };
  }

  /** The data of an operation that must succeed in full. */
  async data(query: string, variables: Record<string, unknown> = {}): Promise<GraphqlAnswer["data"]> {
    const { data, errors } = await this.send(query, variables);
    expect(errors, `errors of ${query} ${JSON.stringify(variables)}`).toBeUndefined();
    return data;
  }

  /** The only error of an operation that must be refused with this code. */
  async refusal(code: string, query: string, variables: Record<string, unknown> = {}): Promise<GraphqlError> {
    const { errors = [], data } = await this.send(query, variables);
    expect(errors, `errors of ${query} ${JSON.stringify(variables)}, data ${JSON.stringify(data)}`).toHaveLength(1);
    const [error] = errors as [GraphqlError];
    expect(error.extensions.code, error.message).toBe(code);
    return error;
  }
}
