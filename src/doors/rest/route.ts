import type { IncomingHttpHeaders } from "node:http";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { RequestContext } from "../../edge/context.js";
import type { BodyContract } from "../../edge/http/faults.js";
import { type JsonSchema, objectOf, ref, text } from "../../edge/http/json-schema.js";
import { contextOf } from "../../edge/http/provide-context.js";

/** What a route takes and answers: its documentation, and what requests are checked against. */
interface Contract {
  /** The operation's name for generated clients; GraphQL's, where it has the same. */
  readonly name: string;
  readonly summary: string;
  readonly body?: BodyContract;
  readonly query?: Readonly<Record<string, JsonSchema>>;
  readonly queryRequired?: readonly string[];
  readonly answer: JsonSchema;
}

/** The names in the paths of this door. */
interface Params {
  readonly organization_id: string;
  readonly group_name: string;
  readonly team_id: string;
  readonly job_id: string;
  readonly call_id: string;
}

interface RestRequest<Query> {
  readonly params: Params;
  readonly query: Query;
  /** Fits the contract's schema. */
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
  /** The `Idempotency-Key` header. */
  readonly idempotencyKey: string | null;
  readonly reply: FastifyReply;
}

/** Declares the routes of one resource. */
export class Routes {
  constructor(
    private readonly server: FastifyInstance,
    private readonly tag: string,
  ) {}

  /** `call` is a method and a path, such as "GET /jobs/:job_id". */
  on<Query = unknown>(
    call: `${"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} /${string}`,
    { name, summary, body, query, queryRequired = [], answer }: Contract,
    handle: (context: RequestContext, request: RestRequest<Query>) => Promise<unknown>,
  ): void {
    const [method, url] = call.split(" ") as [string, string];
    const params = [...url.matchAll(/:(\w+)/g)].map(([, param = ""]) => param);
    this.server.route<{ Params: Params }>({
      method,
      url,
      schema: {
        operationId: name,
        tags: [this.tag],
        summary,
        ...(params.length > 0 && { params: objectOf(Object.fromEntries(params.map((param) => [param, ID])), params) }),
        ...(query && { querystring: objectOf(query, queryRequired) }),
        ...(body && { body: body.schema }),
        response: {
          200: described("Done.", answer),
          422: described("The request is not valid.", ref("ValidationError")),
          default: described("Every other error, with its HTTP status.", ref("Error")),
        },
      },
      config: body ? { body } : {},
      handler: (request, reply) =>
        handle(contextOf(request), {
          params: request.params,
          query: request.query as Query,
          body: request.body,
          headers: request.headers,
          idempotencyKey: request.headers["idempotency-key"]?.toString() ?? null,
          reply,
        }),
    });
  }
}

const ID = text("An id that does not exist, or belongs to another team, is 404.");

const described = (description: string, schema: JsonSchema) => ({
  description,
  content: { "application/json": { schema } },
});
