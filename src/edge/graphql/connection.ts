import type { ClassType } from "type-graphql";
import { ArgsType, Field, Int, ObjectType, Root } from "type-graphql";
import type { Page } from "../../db/page.js";
import { COUNT_MAX, COUNT_TEXT, PAGE_FIRST_DEFAULT, PAGE_FIRST_MAX } from "../../input/page-window.js";

/**
 * A page as a Relay connection, which is the answer of every list of the API. Cursors are made, and the list is counted,
 * only if they are selected.
 */
export class Connection<Node> {
  constructor(private readonly page: Page<Node>) {}

  get nodes(): readonly Node[] {
    return this.page.rows;
  }

  get edges(): { readonly cursor: string; readonly node: Node }[] {
    return this.page.rows.map((node) => ({ cursor: this.page.cursor(node), node }));
  }

  get pageInfo(): PageInfo {
    return new PageInfoOf(this.page);
  }

  totalCount(): Promise<number> {
    return this.page.count();
  }
}

class PageInfoOf<Node> implements PageInfo {
  constructor(private readonly page: Page<Node>) {}

  get hasNextPage(): boolean {
    return this.page.hasNextPage;
  }

  get hasPreviousPage(): boolean {
    return this.page.hasPreviousPage;
  }

  get startCursor(): string | null {
    return this.cursorOf(this.page.rows[0]);
  }

  get endCursor(): string | null {
    return this.cursorOf(this.page.rows.at(-1));
  }

  private cursorOf(node: Node | undefined): string | null {
    return node === undefined ? null : this.page.cursor(node);
  }
}

export const toConnection = <Node>(page: Page<Node>): Connection<Node> => new Connection(page);

@ObjectType({ description: "Where a page stands in its list.", simpleResolvers: true })
export class PageInfo {
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
  readonly startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The cursor of the page's last node. Pass it as `after` to get the next page. Null if the page is empty.",
  })
  readonly endCursor!: string | null;
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
    readonly edges!: Edge[];

    @Field(() => [node], { description: "The nodes without their cursors." })
    readonly nodes!: Node[];

    @Field(() => PageInfo, { description: "Where this page stands in the list." })
    readonly pageInfo!: PageInfo;

    // The only field that takes another statement, so the only one that has a resolver.
    @Field(() => Int, { description: totalCount, simple: false })
    totalCount(@Root() connection: Connection<Node>): Promise<number> {
      return connection.totalCount();
    }
  }
  return ConnectionOfNodes as unknown as ClassType<Connection<Node>>;
}
