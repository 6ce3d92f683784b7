import {
  buildSchema,
  createSourceEventStream,
  type ExecutionArgs,
  execute,
  type GraphQLObjectType,
  type GraphQLScalarType,
  type GraphQLSchema,
  parse,
  print,
  validate,
} from "graphql";
import { beforeEach, describe, expect, it } from "vitest";
import { eventOperation } from "../../src/doors/graphql/streams/event-operation.js";

const DOCUMENT = `
  subscription Stream($messages: [Message!]!, $deep: Boolean!, $first: Int = 2) {
    told: tell(messages: $messages) { ...Told call @include(if: $deep) { calls(first: $first) } }
  }
  fragment Told on Event { text }
`;

let schema: GraphQLSchema;
/** How many messages GraphQL has read out of variables. */
let read: number;

beforeEach(() => {
  read = 0;
  schema = buildSchema(`
    scalar Message
    type Query { nothing: Int }
    type Event { text: String! call: Call! }
    type Call { calls(first: Int!): [Int!]! }
    type Subscription { tell(messages: [Message!]!): Event!  count(from: Int = 0): Int! }
  `);
  const message = schema.getType("Message") as GraphQLScalarType;
  message.parseValue = (value) => {
    read += 1;
    return value;
  };
  const { calls } = (schema.getType("Call") as GraphQLObjectType).getFields();
  if (calls) calls.resolve = (_call, { first }) => Array.from({ length: first }, (_, index) => index);
});

function argsOf(query: string, variableValues: Record<string, unknown>): ExecutionArgs {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return { schema, document, variableValues };
}

describe("an event's operation", () => {
  const variables = { messages: ["a", "b"], deep: true };
  const rootValue = { tell: { text: "Hello", call: {} } };

  it("answers as the subscription does", async () => {
    const args = argsOf(DOCUMENT, variables);
    const asked = { ...args, rootValue };
    expect(execute(eventOperation(asked))).toEqual(execute(asked));
    expect(execute(eventOperation(asked))).toEqual({ data: { told: { text: "Hello", call: { calls: [0, 1] } } } });
  });

  it("reads no argument of the subscription, however many events there are", () => {
    const args = argsOf(DOCUMENT, variables);
    const ofEvent = eventOperation({ ...args, rootValue });
    for (let events = 0; events < 10; events++) execute({ ...ofEvent, variableValues: variables });
    expect(read).toBe(0);
    execute({ ...args, rootValue });
    expect(read).toBe(2);
  });

  it("keeps the variables that are used in the event, and no others", () => {
    const { document } = eventOperation(argsOf(DOCUMENT, variables));
    expect(print(document)).toContain("subscription Stream($deep: Boolean!, $first: Int = 2) {\n  told: tell {");
  });

  it("removes the arguments even if the field stands in a fragment", () => {
    const args = argsOf("subscription ($n: Int) { ...Count } fragment Count on Subscription { count(from: $n) }", {});
    const { document } = eventOperation(args);
    expect(print(document)).not.toMatch(/\$n|from/);
    expect(execute({ ...eventOperation(args), rootValue: { count: 7 } })).toEqual({ data: { count: 7 } });
  });

  it("leaves the subscription itself its arguments", async () => {
    const args = argsOf(DOCUMENT, variables);
    eventOperation(args);
    const subscription = schema.getSubscriptionType() as GraphQLObjectType;
    const { tell } = subscription.getFields();
    if (tell)
      tell.subscribe = async function* (_root, { messages }) {
        yield messages;
      };
    const events = (await createSourceEventStream(args)) as AsyncGenerator;
    expect((await events.next()).value).toEqual(["a", "b"]);
  });

  it("is made on a schema that is made once", () => {
    const args = argsOf(DOCUMENT, variables);
    expect(eventOperation(args).schema).toBe(eventOperation(args).schema);
  });
});
