import type { ClassType } from "type-graphql";
import { ArgsType, Field, Int, ObjectType } from "type-graphql";
import type { Page } from "../../db/page.js";
import { COUNT_MAX, COUNT_TEXT, PAGE_FIRST_DEFAULT, PAGE_FIRST_MAX } from "../../input/page-window.js";

/** A page as a Relay connection, which is the answer of every list of the API. */
export interface Connection<Node> {
  readonly nodes: readonly Node[];
  edges(): readonly { cursor: string; node: Node }[];
  readonly pageInfo: PageInfo;
  totalCount(): Promise<number>;
}

/** Makes the connection of a page. Cursors are made, and the list is counted, only if they are selected. */
export function toConnection<Row>(page: Page<Row>): Connection<Row> {
  const cursorOf = (row: Row | undefined) => (row === undefined ? null : page.cursor(row));
  return {
    nodes: page.rows,
    edges: () => page.rows.map((node) => ({ cursor: page.cursor(node), node })),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: () => cursorOf(page.rows[0]),
      endCursor: () => cursorOf(page.rows.at(-1)),
    },
    totalCount: () => page.count(),
  };
}

@ObjectType({ description: "Where a page stands in its list.", simpleResolvers: true })
class PageInfo {
  @Field(() => Boolean, { description: "True if the list goes on after this page." })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, {
    description: "True if the list has something before this page, which is so whenever `after` was given.",
  })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "The cursor of the page's first node. Null if the page is empty.",
  })
  readonly startCursor!: () => string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The cursor of the page's last node. Pass it as `after` to get the next page. Null if the page is empty.",
  })
  readonly endCursor!: () => string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: PAGE_FIRST_DEFAULT,
    description: `The number of nodes, from 1 to ${PAGE_FIRST_MAX}. Null means ${PAGE_FIRST_DEFAULT}.`,
  })
  readonly first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "The cursor of the node after which the page begins. Null means the beginning of the list.",
  })
  readonly after?: string | null;
}

/** What `totalCount` says of a list that is counted row by row. */
const COUNTED = `The number of nodes in the whole list. It is counted only if it is selected, and no further than ${COUNT_MAX}: ${COUNT_TEXT}.`;

/**
 * Makes the connection and edge types of a node type. Their names begin with `name`. `plural` is what people call the
 * nodes. `totalCount` is the description of the field, for a list whose number is known otherwise than by counting.
 */
export function connectionType<Node extends object>(
  node: ClassType<Node>,
  name: string,
  plural: string,
  totalCount: string = COUNTED,
): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { description: `One of the ${plural} of a page, with its cursor.`, simpleResolvers: true })
  class Edge {
    @Field(() => String, {
      description: "The position of the node in the list, for `after`. It is opaque, and valid for this list only.",
    })
    readonly cursor!: string;

    @Field(() => node, { description: "The node itself." })
    readonly node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${plural}.`, simpleResolvers: true })
  class ConnectionOfNodes {
    @Field(() => [Edge], { description: "The nodes with their cursors." })
    readonly edges!: () => Edge[];

    @Field(() => [node], { description: "The nodes without their cursors." })
    readonly nodes!: Node[];

    @Field(() => PageInfo, { description: "Where this page stands in the list." })
    readonly pageInfo!: PageInfo;

    @Field(() => Int, { description: totalCount })
    readonly totalCount!: () => Promise<number>;
  }
  return ConnectionOfNodes as ClassType<Connection<Node>>;
}
