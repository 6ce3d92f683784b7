import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { authorize } from "../../../auth/policy.js";
import type { Viewer } from "../../../auth/viewer.js";
import type { LlmCall } from "../../../generated/prisma/client.js";
import { invalid } from "../../../input/validate.js";
import type { Leavable } from "../../../lib/abortable.js";
import { withResolve } from "../../../lib/with-resolve.js";
import type { Batch } from "../../../streams/stream-log.js";
import type { LiveViewers } from "../../keys/access-watch.js";
import type { LlmCallInput } from "../call.input.js";
import type { CallService } from "../call.service.js";
import type { ToolCallOfAnswer } from "../log/answer.js";
import {
  type CallEvent,
  type CallItem,
  type CallLog,
  type CallState,
  isPlain,
  mergeDeltas,
  type PlainCallEvent,
} from "../log/call-event.js";
import type { RunningCalls } from "../run/running-calls.js";
import { ReaderCopy } from "./reader-copy.js";

/** Leaves room in GraphQL's Int for the two events that a call answers with from its row. */
const AFTER_MAX = 2 ** 31 - 3;

/** The only reader of what a call says while it runs, and afterwards. Doors encode what it yields, and no more. */
export class CallFollower {
  private readonly readers = new Set<Promise<void>>();

  constructor(
    private readonly calls: CallService,
    private readonly log: CallLog,
    private readonly running: RunningCalls,
    private readonly viewers: LiveViewers,
  ) {}

  /**
   * Makes a call and follows it. Refusals before admission are thrown. A call that is already running, or over, under the
   * same idempotency key is followed from its start instead of made again.
   */
  async stream(viewer: Viewer, input: LlmCallInput, operationId: string | null): Promise<Leavable<PlainCallEvent>> {
    const call = await this.calls.startStreamed(viewer, input, operationId);
    return this.follow(viewer, call.id, 0);
  }

  /** `followWhole` without what an upstream sent beside the answer. */
  async follow(viewer: Viewer, callId: string, after: number): Promise<Leavable<PlainCallEvent>> {
    return this.open(viewer, callId, after, plainOf);
  }

  /**
   * The events of a call after number `after`, 0 being from the start, up to `finished`, which comes exactly once and last.
   * Deltas that wait for the reader come merged. A reader that missed what is kept no longer gets the rest as one delta; one
   * that comes to it so late, or to a call that this process does not run, a snapshot that replaces all it had. NOT_FOUND;
   * INVALID_INPUT for `after`. Ends with UNAUTHENTICATED or TEAM_SUSPENDED where the viewer loses access, and with
   * UNAVAILABLE where the gateway stops.
   */
  async followWhole(viewer: Viewer, callId: string, after: number): Promise<Leavable<CallEvent>> {
    return this.open(viewer, callId, after, (events) => events);
  }

  private async open<Event>(
    viewer: Viewer,
    callId: string,
    after: number,
    choose: (events: AsyncGenerator<CallEvent, void, undefined>) => AsyncGenerator<Event, void, undefined>,
  ): Promise<Leavable<Event>> {
    authorize(viewer, "call.read");
    if (!Number.isInteger(after) || after < 0 || after > AFTER_MAX)
      throw invalid("after", `must be a whole number from 0 to ${AFTER_MAX}`, after);
    const { id } = await this.calls.get(viewer, callId);
    return this.viewers.whileAllowed(viewer, (signal) => choose(this.events(id, after, signal)));
  }

  /** Returns when nobody reads any more, or after so long. */
  async idle(timeoutMs: number): Promise<void> {
    await Promise.race([Promise.all(this.readers), sleep(timeoutMs, undefined, { ref: false })]);
    // By then the doors have passed on that the reading is over.
    await nextTurn();
  }

  private async *events(
    callId: string,
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<CallEvent, void, undefined> {
    const leave = this.running.join(callId);
    const { promise: read, resolve: hasRead } = withResolve<void>();
    this.readers.add(read);
    const copy = new ReaderCopy();
    let place = after;
    try {
      for await (const batch of this.log.read(callId, after, signal)) {
        for (const event of eventsOf(callId, batch, copy)) {
          if (signal.aborted) return;
          yield event;
          if (event.type === "finished") return;
          place = event.sequence;
        }
      }
      const settled = await this.calls.settled(callId, signal);
      if (settled) yield* eventsOfRow(settled, place);
    } finally {
      leave();
      this.readers.delete(read);
      hasRead();
    }
  }
}

async function* plainOf(events: AsyncGenerator<CallEvent, void, undefined>) {
  for await (const event of events) if (isPlain(event)) yield event;
}

function eventsOf(callId: string, batch: Batch<CallItem, CallState>, copy: ReaderCopy): CallEvent[] {
  if (batch.kind === "items") {
    const merged = mergeDeltas(batch.items);
    for (const { item } of merged) copy.take(item);
    return merged.map(({ sequence, item }) => ({ callId, sequence, ...item }));
  }
  const { finished } = batch.state;
  const sequence = finished ? batch.sequence - 1 : batch.sequence;
  const events = copy.catchUp(batch.state).map((item): CallEvent => ({ callId, sequence, ...item }));
  return finished ? [...events, { type: "finished", callId, sequence: batch.sequence, call: finished }] : events;
}

function* eventsOfRow(call: LlmCall, after: number): Generator<CallEvent, void, undefined> {
  const toolCalls = call.toolCalls as unknown as ToolCallOfAnswer[];
  yield { type: "snapshot", callId: call.id, sequence: after + 1, content: call.content ?? "", toolCalls };
  yield { type: "finished", callId: call.id, sequence: after + 2, call };
}
