import { authorize } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Sql } from "../../db/statement.js";
import { invalid } from "../../input/validate.js";
import { DomainError, notFound } from "../../lib/errors.js";
import { parseExact, stringifyExact } from "../../lib/json/exact-json.js";
import type { JsonObject } from "../../lib/json/json.js";
import type { CallService, LlmCallRow } from "../calls/call.service.js";
import type { KeptQuestion } from "../calls/question/call.input.js";
import { KeptBytes } from "./kept-bytes.js";
import { conversationOf, deleteResponse, findResponses, forgetResponsesOfTeam } from "./response.sql.js";

/** How long a conversation may be that is gone on from: in responses, and in bytes of all that was asked and answered. */
const CONVERSATION_MAX = 1_000;
const CONVERSATION_BYTES_MAX = 8 * 1024 * 1024;

const FORGET_BATCH_MAX = 1_000;
/** How many of a deleted team's responses are forgotten at once. The rest is forgotten in its time. */
const FORGET_ROUNDS_MAX = 100;

/** A response as it is kept: its call, and what was asked. */
export interface Response {
  readonly call: LlmCallRow;
  /** The call of the response before it. */
  readonly previousId: string | null;
  /** The items of its own input, without those before it. */
  readonly input: JsonObject[];
  /** What it repeats of its request. */
  readonly asked: JsonObject;
}

interface ResponseServiceDeps {
  readonly sql: Sql;
  readonly calls: CallService;
}

/** Keeps what is asked of responses, so that a team can read them and go on from them. */
export class ResponseService {
  private readonly keptBytes: KeptBytes;

  constructor(private readonly deps: ResponseServiceDeps) {
    this.keptBytes = new KeptBytes(deps.sql);
  }

  /**
   * Prepares a question to be kept. It is written with its call, both or neither. Throws INVALID_INPUT if the team keeps as
   * much as it may already.
   */
  async toKeep(
    viewer: Viewer,
    { previousId, input, asked }: Pick<Response, "previousId" | "input" | "asked">,
  ): Promise<KeptQuestion> {
    authorize(viewer, "call.run");
    const kept = { previousId, input: stringifyExact(input), asked: stringifyExact(asked) };
    await this.keptBytes.add(viewer.teamId, Buffer.byteLength(kept.input) + Buffer.byteLength(kept.asked));
    return kept;
  }

  /** Throws NOT_FOUND if there is no such response in the viewer's reach, or none that is kept. */
  async get(viewer: Viewer, callId: string): Promise<Response> {
    const { teamId } = await this.deps.calls.get(viewer, callId);
    const [found] = await this.deps.sql.run(findResponses, { callIds: [callId], teamId: teamId ?? "" });
    if (!found) throw notFound("response", callId);
    return responseOf(found);
  }

  /** Those of these responses that are kept and belong to the viewer's team. */
  async find(viewer: Viewer, callIds: readonly string[]): Promise<Response[]> {
    authorize(viewer, "call.run");
    if (callIds.length === 0) return [];
    return (await this.deps.sql.run(findResponses, { callIds, teamId: viewer.teamId })).map(responseOf);
  }

  /**
   * A response and all before it, the oldest first. Throws NOT_FOUND if one of them is not kept or belongs to another team,
   * and INVALID_INPUT if it has not been answered or if the conversation is too long.
   */
  async conversation(viewer: Viewer, callId: string): Promise<Response[]> {
    authorize(viewer, "call.run");
    const { teamId } = viewer;
    const limits = { responsesMax: CONVERSATION_MAX, bytesMax: CONVERSATION_BYTES_MAX };
    const rows = await this.deps.sql.run(conversationOf, { callId, teamId, ...limits });
    const [oldest] = rows;
    const last = rows.at(-1);
    if (!oldest || !last) throw notFound("response", callId);
    if (last.status !== "SUCCEEDED")
      throw invalid("previousId", "must be that of a response with an answer", last.status.toLowerCase());
    if (rows.length > CONVERSATION_MAX || oldest.bytesTotal > CONVERSATION_BYTES_MAX)
      throw invalid(
        "previousId",
        `must be that of a conversation of at most ${CONVERSATION_MAX} responses and ${CONVERSATION_BYTES_MAX} bytes. Begin a new one with what matters of it`,
        callId,
      );
    if (oldest.previousId !== null) throw notFound("response", oldest.previousId);
    return rows.map(responseOf);
  }

  /**
   * Deletes a response: what was asked, and what was answered. What its call used and cost stays. Throws NOT_FOUND as `get`
   * does, and INVALID_STATE while its call runs.
   */
  async delete(viewer: Viewer, callId: string): Promise<void> {
    authorize(viewer, "response.delete");
    const { call } = await this.get(viewer, callId);
    if (call.status === "RUNNING")
      throw new DomainError("INVALID_STATE", "The response is still being answered. Cancel it first.");
    await this.deps.sql.run(deleteResponse, { callId: call.id });
    this.keptBytes.measureAgain(viewer.teamId);
  }

  /** Forgets what was asked by a team that is deleted. */
  async forgetOfTeam(teamId: string): Promise<void> {
    for (let rounds = 0; rounds < FORGET_ROUNDS_MAX; rounds++) {
      const forgotten = await this.deps.sql.run(forgetResponsesOfTeam, { teamId, batchMax: FORGET_BATCH_MAX });
      if (forgotten.length < FORGET_BATCH_MAX) return;
    }
  }
}

type Row = LlmCallRow & { readonly previousId: string | null; readonly input: string; readonly asked: string };

const responseOf = ({ previousId, input, asked, ...call }: Row): Response => ({
  call,
  previousId,
  input: parseExact(input) as JsonObject[],
  asked: parseExact(asked) as JsonObject,
});
