import { ADMIN_KEY, type Gateway } from "../gateway/gateway.js";
import type { TestTeam } from "../world.js";

/** One operation, asked for through both doors: of the same team, or of two teams that are alike. */
export interface Operation {
  graphql(on: Stage): Promise<unknown>;
  rest(on: Stage): Promise<unknown>;
}

/** What an operation works on; ids that it makes begin with the prefix. */
export interface Stage {
  readonly prefix: string;
  readonly team: TestTeam;
  readonly jobId: string;
}

export type Operations = Readonly<Record<string, Operation>>;

export const adminRest = (gateway: Gateway) => gateway.rest(ADMIN_KEY);

export const mutate = (name: string, type: string, selection = "{ __typename }") =>
  `mutation ($input: ${type}!) { ${name}(input: $input) ${selection} }`;
