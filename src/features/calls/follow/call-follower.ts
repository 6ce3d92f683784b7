import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { authorize } from "../../../auth/policy.js";
import type { Viewer } from "../../../auth/viewer.js";
import { invalid } from "../../../input/validate.js";
import type { Leavable } from "../../../lib/async/abortable.js";
import { withResolve } from "../../../lib/async/with-resolve.js";
import type { Batch } from "../../../streams/stream-log.js";
import type { AccessWatch } from "../../keys/access-watch.js";
import { toolCallsOf } from "../log/answer.js";
import { type CallEvent, type CallItem, isPlain, mergeDeltas, type PlainCallEvent } from "../log/call-event.js";
import type { CallLog, CallState } from "../log/call-log.js";
import { isLost, type LlmCall } from "../log/call-row.js";
import { answerNotKept, lacksAnswer } from "../log/kept-answer.js";
import type { RunningCalls } from "../run/running-calls.js";
import type { CallReader } from "./call-reader.js";
import { ReaderCopy } from "./reader-copy.js";

/** Leaves room in GraphQL's Int for the two events that a call answers with from its row. */
const AFTER_MAX = 2 ** 31 - 3;

/**
 * A row does not tell how many events its call had. The two events that it answers with have numbers beyond those of any
 * log, so that a reader who has them never gets the same text once more from a log that another process still has.
 */
const LOG_MAX = 2 ** 30;

/** The only reader of what a call says while it runs, and afterwards. Doors encode what it yields, and no more. */
export class CallFollower {
  private readonly readers = new Set<Promise<void>>();

  constructor(
    private readonly reader: CallReader,
    private readonly log: CallLog,
    /** What calls of other processes say. */
    private readonly replicas: Pick<CallLog, "read">,
    private readonly running: RunningCalls,
    private readonly accessWatch: AccessWatch,
  ) {}

  /** The same as `followWhole`, without what an upstream sent beside the answer. */
  async follow(viewer: Viewer, callId: string, after: number): Promise<Leavable<PlainCallEvent>> {
    return this.open(viewer, callId, after, plainOf, false);
  }

  /**
   * The events of a call after number `after`, 0 being from the start, up to `finished`, which comes exactly once and last.
   * Deltas that wait for a reader are merged. A reader that falls behind gets the missing text as one delta. A reader that
   * arrives late gets a snapshot, which replaces everything it has. So does one that follows a call of another process
   * without Redis. Throws NOT_FOUND, and INVALID_INPUT for `after`. Ends with UNAUTHENTICATED or TEAM_SUSPENDED if the
   * viewer loses access, and with UNAVAILABLE if the gateway stops, or if it follows a call of another process and Redis
   * goes away. Throws INVALID_STATE if the call had an answer that is no longer kept.
   */
  async followWhole(viewer: Viewer, callId: string, after: number): Promise<Leavable<CallEvent>> {
    return this.open(viewer, callId, after, (events) => events, true);
  }

  /**
   * The events of a call from its start, all at once after its end, for an answer that is not streamed. If the viewer
   * loses its access meanwhile, that ends the call and not the reading. They have no `finished` if `signal` aborts first.
   */
  async whole(viewer: Viewer, callId: string, signal: AbortSignal): Promise<CallEvent[]> {
    authorize(viewer, "call.read");
    const { id } = await this.reader.get(viewer, callId);
    const events: CallEvent[] = [];
    for await (const event of this.events(id, 0, signal, this.log, true)) events.push(event);
    return events;
  }

  private async open<Event>(
    viewer: Viewer,
    callId: string,
    after: number,
    choose: (events: AsyncGenerator<CallEvent, void, undefined>) => AsyncGenerator<Event, void, undefined>,
    needsAnswer: boolean,
  ): Promise<Leavable<Event>> {
    authorize(viewer, "call.read");
    if (!Number.isInteger(after) || after < 0 || after > AFTER_MAX)
      throw invalid("after", `must be a whole number from 0 to ${AFTER_MAX}`, after);
    const { id, status } = await this.reader.get(viewer, callId);
    const source = this.log.has(id) || status !== "RUNNING" ? this.log : this.replicas;
    return this.accessWatch.whileAllowed(viewer, (signal) =>
      choose(this.events(id, after, signal, source, needsAnswer)),
    );
  }

  /** Returns when no follower is left, and at the latest after this time. */
  async idle(timeoutMs: number): Promise<void> {
    await Promise.race([Promise.all(this.readers), sleep(timeoutMs, undefined, { ref: false })]);
    // The doors need this turn to pass on that the reading is over.
    await nextTurn();
  }

  private async *events(
    callId: string,
    after: number,
    signal: AbortSignal,
    source: Pick<CallLog, "read">,
    needsAnswer: boolean,
  ): AsyncGenerator<CallEvent, void, undefined> {
    const leave = this.running.join(callId);
    const { promise: read, resolve: hasRead } = withResolve<void>();
    this.readers.add(read);
    const copy = new ReaderCopy();
    let position = after;
    try {
      for await (const batch of after > LOG_MAX ? [] : source.read(callId, after, signal)) {
        for (const event of eventsOf(callId, batch, copy)) {
          if (signal.aborted) return;
          yield event;
          if (event.type === "finished") return;
          position = event.sequence;
        }
      }
      if (signal.aborted) return;
      const settled = (await this.reader.ended(callId)) ?? (await this.reader.settled(callId, signal));
      if (settled && needsAnswer && lacksAnswer(settled)) throw answerNotKept(settled);
      if (settled) yield* eventsOfRow(settled, position);
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

/**
 * If its process died, a call has no answer in its row, whatever was said. A follower then keeps what it has of it.
 */
function* eventsOfRow(call: LlmCall, position: number): Generator<CallEvent, void, undefined> {
  if (position > 0 && isLost(call)) {
    yield { type: "finished", callId: call.id, sequence: position + 1, call };
    return;
  }
  const after = Math.max(position, LOG_MAX);
  const content = call.content ?? "";
  const answer = {
    content,
    reasoning: call.reasoning ?? "",
    reasoningField: "reasoning_content",
    toolCalls: toolCallsOf(call),
  } as const;
  yield { type: "snapshot", callId: call.id, sequence: after + 1, ...answer };
  yield { type: "finished", callId: call.id, sequence: after + 2, call };
}
