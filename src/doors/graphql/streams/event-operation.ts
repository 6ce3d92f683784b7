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
 * Returns what each event of a subscription is executed with: the same operation without the arguments of its
 * subscription, which have done their work by then. GraphQL would read them again for every event. Each token of an
 * answer would then cost as much time as the conversation before it is long.
 */
export function eventOperation(args: ExecutionArgs): ExecutionArgs {
  return { ...args, document: eventDocumentOf(args), schema: eventSchemaOf(args.schema) };
}

const eventDocuments = new WeakMap<DocumentNode, DocumentNode>();

function eventDocumentOf({ schema, document }: ExecutionArgs): DocumentNode {
  const made = eventDocuments.get(document) ?? withoutUnusedVariables(withoutArguments(schema, document));
  eventDocuments.set(document, made);
  return made;
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

/** Returns the same schema with subscriptions that take no arguments. It is made once for each schema. */
function eventSchemaOf(schema: GraphQLSchema): GraphQLSchema {
  const made = eventSchemas.get(schema) ?? makeEventSchema(schema);
  eventSchemas.set(schema, made);
  return made;
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
