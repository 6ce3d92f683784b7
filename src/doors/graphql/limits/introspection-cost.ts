import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";

/** Things of the schema, such as types and their fields, and how often each is shown at one place of the answer. */
type Shown = ReadonlyMap<unknown, number>;

/** Beyond this many steps the answer has more fields than any document may ask for, and its size need not be exact. */
const STEPS_MAX = 50_000;

interface Introspection {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  readonly args: Record<string, unknown>;
}

/**
 * Returns how many fields the answer to `__schema` or `__type` has. Lists of the schema have no pages, and a schema has
 * types with one field and with fifty, so the fields are counted as the schema has them. What @skip and @include leave
 * out counts too.
 */
export function introspectionCost({ schema, document, field, node, args }: Introspection): number {
  const counter = new IntrospectionCounter(schema, document);
  return counter.costOf(field, node, args, new Map([[undefined, 1]]));
}

class IntrospectionCounter {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private steps = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
  ) {
    const definitions = document.definitions.filter(isFragment);
    this.fragments = new Map(definitions.map((definition) => [definition.name.value, definition]));
  }

  /** Things that are shown several times are looked at once, so that nested lists do not take as long as they are. */
  costOf(field: GraphQLField<unknown, unknown>, node: FieldNode, args: Record<string, unknown>, owners: Shown): number {
    const cost = sum(owners);
    const type = getNamedType(field.type);
    if (!node.selectionSet || !isObjectType(type) || this.steps > STEPS_MAX) return cost;
    const shown = new Map<unknown, number>();
    for (const [owner, times] of owners) {
      for (const thing of this.valuesOf(field, owner, args)) {
        this.steps += 1;
        shown.set(thing, (shown.get(thing) ?? 0) + times);
      }
    }
    return shown.size === 0 ? cost : cost + this.costOfAll(node.selectionSet, type, shown);
  }

  private costOfAll({ selections }: SelectionSetNode, type: GraphQLObjectType, owners: Shown): number {
    let cost = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const field = type.getFields()[selection.name.value];
        cost += field ? this.costOf(field, selection, { includeDeprecated: true }, owners) : sum(owners);
        continue;
      }
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
      if (inner) cost += this.costOfAll(inner.selectionSet, type, owners);
    }
    return cost;
  }

  /** GraphQL's own fields of `__Schema`, `__Type` and the others need nothing of a request but the schema. */
  private valuesOf(field: GraphQLField<unknown, unknown>, owner: unknown, args: object): readonly unknown[] {
    const value: unknown = field.resolve?.(owner, args, undefined, { schema: this.schema } as GraphQLResolveInfo);
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? value : [value];
  }
}

const isFragment = (node: ASTNode): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION;

function sum(shown: Shown): number {
  let all = 0;
  for (const times of shown.values()) all += times;
  return all;
}
