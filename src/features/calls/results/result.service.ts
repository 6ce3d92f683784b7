import type { Viewer } from "../../../auth/viewer.js";
import { isObject } from "../../../lib/json/unknown-json.js";
import type { UnknownFields } from "../../../upstream/provider.js";
import type { CallReader } from "../follow/call-reader.js";
import type { EndedCall } from "../log/call-row.js";
import { answerNotKept } from "../log/kept-answer.js";
import type { KeptResults } from "../log/kept-results.js";

/** A call of a question that is no chat, and its answer. The answer is null unless the call succeeded. */
export interface CallWithResult {
  readonly call: EndedCall;
  readonly result: UnknownFields | null;
}

export class ResultService {
  constructor(
    private readonly reader: CallReader,
    private readonly kept: KeptResults,
  ) {}

  /**
   * Waits for the end of a call, and returns it with its answer. If `signal` aborts first, the call is returned as it
   * stands. Throws NOT_FOUND, and INVALID_STATE if the call succeeded and its answer is no longer kept. Vectors are kept
   * for a minute, in the process that ran the call.
   */
  async whole(viewer: Viewer, callId: string, signal: AbortSignal): Promise<CallWithResult> {
    const begun = await this.reader.get(viewer, callId);
    const call: EndedCall = (await this.reader.settled(begun.id, signal)) ?? begun;
    if (call.status !== "SUCCEEDED") return { call, result: null };
    const result = call.result ?? this.kept.find(call.id) ?? storedIn(call);
    if (result) return { call, result };
    throw answerNotKept(call);
  }
}

/** A long completion is not stored as a whole, but its text is. */
function storedIn({ kind, extensions, content, finishReason }: EndedCall): UnknownFields | undefined {
  if (isObject(extensions) && isObject(extensions.result)) return extensions.result;
  if (kind !== "COMPLETION" || content === null) return undefined;
  return { choices: [{ text: content, index: 0, logprobs: null, finish_reason: finishReason }] };
}
