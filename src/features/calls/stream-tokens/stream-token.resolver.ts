import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../../edge/context.js";
import type { StreamTokenRow } from "./stream-token.service.js";
import { StreamToken } from "./stream-token.type.js";

@Resolver(() => StreamToken)
export class StreamTokenResolver {
  @Query(() => StreamToken, {
    nullable: true,
    description:
      "Makes a token for a browser's EventSource, which cannot send a key: GET /graphql/stream?token=...&query=... with a subscription to llmCallEvents of this call. The token lasts 5 minutes, and not longer than the key that asks for it. With it, the events and the answer of this call can be read, and nothing else: no cost, no job, no other call. Throws NOT_FOUND if the key reaches no such call.",
  })
  streamToken(
    @Ctx() { services, viewer }: RequestContext,
    @Arg("callId", () => ID, { description: "The id of the call." }) callId: string,
  ): Promise<StreamTokenRow> {
    return services.streamTokens.create(viewer, callId);
  }
}
