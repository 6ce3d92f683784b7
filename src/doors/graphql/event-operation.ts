import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLObjectType,
  GraphQLSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

/**
 * What each event of a subscription is executed with: the same operation without the arguments of its subscription,
 * which have done their work by then. GraphQL would read them again for every event, so that each token of an answer
 * would cost as much as the conversation before it is long.
 */
export function eventOperation(args: ExecutionArgs): ExecutionArgs {
  const document = withoutUnusedVariables(withoutArguments(args.schema, args.document));
  return { ...args, document, schema: eventSchemaOf(args.schema) };
}

function withoutArguments(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const typeInfo = new TypeInfo(schema);
  const isOfSubscription = () => typeInfo.getParentType() === schema.getSubscriptionType();
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: (field) => (isOfSubscription() ? { ...field, arguments: [] } : undefined),
    }),
  );
}

function withoutUnusedVariables(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) });
  return visit(document, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  });
}

const eventSchemas = new WeakMap<GraphQLSchema, GraphQLSchema>();

/** The same schema, but for subscriptions that take no arguments; made once. */
function eventSchemaOf(schema: GraphQLSchema): GraphQLSchema {
  const known = eventSchemas.get(schema) ?? makeEventSchema(schema);
  eventSchemas.set(schema, known);
  return known;
}

function makeEventSchema(schema: GraphQLSchema): GraphQLSchema {
  const { types, ...config } = schema.toConfig();
  const subscription = schema.getSubscriptionType();
  if (!subscription) return schema;
  const { fields, ...ofType } = subscription.toConfig();
  const withoutArgs = Object.entries(fields).map(([name, field]) => [name, { ...field, args: {} }]);
  return new GraphQLSchema({
    ...config,
    types: types.filter((type) => type !== subscription),
    subscription: new GraphQLObjectType({ ...ofType, fields: Object.fromEntries(withoutArgs) }),
  });
}
