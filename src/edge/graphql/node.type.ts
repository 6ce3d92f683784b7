import { Field, ID, InterfaceType } from "type-graphql";

/** A row that says of which type it is, so that GraphQL knows which of the interface's types it has. */
export type NodeRow = object & { readonly __typename: string };

@InterfaceType({
  description: "Something that can be read again by its id alone, as Relay does.",
  resolveType: ({ __typename }: NodeRow) => __typename,
})
export abstract class Node {
  @Field(() => ID, { description: "The id. It is unique among things of the same type." })
  readonly id!: string;
}
