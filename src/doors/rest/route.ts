import type { IncomingHttpHeaders } from "node:http";
import type { FastifyInstance, FastifyReply } from "fastify";
import { IsArray, type Static, type TObject, type TProperties, type TSchema, Type } from "typebox";
import type { RequestContext } from "../../edge/context.js";
import type { BodyContract } from "../../edge/http/bodies/faults.js";
import { contextOf } from "../../edge/http/provide-context.js";
import { ErrorAnswer, ValidationError } from "./error.shapes.js";
import { type PathParams, paramsOf } from "./path-params.js";
import { record, ref } from "./schemas.js";

/** What a route takes and answers. Its documentation is made from this, and requests are checked against it. */
interface Contract<Query extends TProperties, Answer extends TSchema> {
  /** The operation's name for generated clients. If GraphQL has the same operation, it is GraphQL's name. */
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly headers?: TProperties;
  readonly body?: BodyContract;
  readonly query?: Query;
  /** An answer that has a name, a list of such answers, or an event stream. */
  readonly answer: Answer;
  readonly answerHeaders?: TProperties;
  /** Other types of the same answer, for clients that ask for one of them. They are described as text. */
  readonly alsoAs?: readonly string[];
}

export interface RestRequest<Query extends TProperties> {
  readonly params: PathParams;
  readonly query: Static<TObject<Query>>;
  /** The body, which fits the contract's schema. */
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
  /** The `Idempotency-Key` header. Null if there is none. */
  readonly idempotencyKey: string | null;
  readonly reply: FastifyReply;
}

/** The keywords of a schema that its documentation is made from. */
interface Documentation {
  readonly $id?: string;
  readonly contentMediaType?: string;
  readonly examples?: readonly unknown[];
}

/** Declares the routes of one resource. */
export class Routes {
  constructor(
    private readonly server: FastifyInstance,
    private readonly tag: string,
  ) {}

  /** `call` is a method and a path, such as "GET /jobs/:job_id". */
  on<Query extends TProperties, Answer extends TSchema>(
    call: `${"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} /${string}`,
    contract: Contract<Query, Answer>,
    handle: (context: RequestContext, request: RestRequest<Query>) => Promise<Static<Answer> | FastifyReply>,
  ): void {
    const [method, url] = call.split(" ") as [string, string];
    const { body } = contract;
    this.server.route<{ Params: PathParams }>({
      method,
      url,
      schema: { ...this.requestSchema(url, contract), response: this.responses(contract) },
      config: body ? { body } : {},
      handler: (request, reply) =>
        handle(contextOf(request), {
          params: request.params,
          query: request.query as Static<TObject<Query>>,
          body: request.body,
          headers: request.headers,
          idempotencyKey: request.headers["idempotency-key"]?.toString() ?? null,
          reply,
        }),
    });
  }

  private requestSchema(url: string, contract: Contract<TProperties, TSchema>) {
    const { name, summary, description, headers, query, body } = contract;
    const params = paramsOf(url);
    return {
      operationId: name,
      tags: [this.tag],
      summary,
      ...(description !== undefined && { description }),
      ...(params && { params }),
      ...(headers && { headers: Type.Object(headers) }),
      ...(query && { querystring: record(query) }),
      ...(body && { body: body.schema }),
    };
  }

  private responses({ answer, answerHeaders, alsoAs = [] }: Contract<TProperties, TSchema>) {
    return {
      200: {
        description: "The request was carried out.",
        ...(answerHeaders && { headers: answerHeaders }),
        content: {
          ...this.content(answer),
          ...Object.fromEntries(alsoAs.map((type) => [type, { schema: Type.String() }])),
        },
      },
      422: { description: "The request is not valid.", content: this.content(ValidationError) },
      default: {
        description:
          "Any other error. The HTTP status says of what kind it is. With 429 and 503, the header Retry-After says in how many seconds another try may succeed.",
        content: this.content(ErrorAnswer),
      },
    };
  }

  /** Documents an answer under its name, with its example. */
  private content(answer: TSchema) {
    if (IsArray(answer)) {
      const { examples }: Documentation = answer.items;
      return { "application/json": { schema: { ...answer, items: this.named(answer.items) }, example: examples } };
    }
    const { contentMediaType = "application/json", examples: [example] = [] }: Documentation = answer;
    return { [contentMediaType]: { schema: this.named(answer), example } };
  }

  /** Returns the schema itself, or a reference to it if it has a name. */
  private named(schema: TSchema): TSchema {
    const { $id }: Documentation = schema;
    if ($id === undefined) return schema;
    if (!this.server.getSchema($id)) this.server.addSchema(schema);
    return ref(schema);
  }
}
