import { quote } from "../../src/lib/errors.js";
import type { CallEventFragment } from "../graphql/operations.js";
import { CheckFailed, expectFields, expectThat } from "./expect.js";
import { type AnsweredCall, checkCall } from "./job-checks.js";
import type { AskedCall, AskedGroup } from "./scenario.js";

/** Builds the text of a call from its events, and checks their order: one LlmCallStarted first, one LlmCallFinished last. */
export class StreamedCall {
  private last: CallEventFragment | undefined;
  private text = "";
  private deltas = 0;

  constructor(
    private readonly asked: AskedCall,
    private readonly group: AskedGroup,
  ) {}

  /** The number of deltas so far. The gateway joins deltas that wait for a slow reader. */
  get deltaCount(): number {
    return this.deltas;
  }

  take(event: CallEventFragment): void {
    this.checkPlace(event);
    this.last = event;
    if (event.__typename === "LlmCallStarted") {
      const [first] = this.group.models;
      expectFields("LlmCallStarted", event, { model: first?.name ?? "" });
    } else if (event.__typename === "LlmCallDelta") {
      this.deltas += 1;
      this.text += event.content;
    } else if (event.__typename === "LlmCallSnapshot") {
      this.text = event.content;
    } else if (event.__typename === "LlmCallModelSwitched" && event.discard) {
      this.text = "";
    }
  }

  /** Returns the settled call. Throws if its content is not the text that was streamed. */
  end(): AnsweredCall {
    const { last } = this;
    if (last?.__typename !== "LlmCallFinished")
      throw new CheckFailed(`The stream: ended after ${nameOf(last)}, expected LlmCallFinished as the last event`);
    const answered = checkCall(last.call, this.asked, this.group);
    expectFields("LlmCallFinished", last, { callId: answered.id });
    const streamed = `what was streamed, ${quote(this.text)}`;
    expectThat(answered.content === this.text, "llmCall.content", answered.content, streamed);
    const least = answered.provider === "simulated" ? 2 : 1;
    expectThat(this.deltas >= least, "LlmCallDelta events", this.deltas, `${least} or more`);
    return answered;
  }

  private checkPlace(event: CallEventFragment): void {
    const { last } = this;
    const isFirst = event.__typename === "LlmCallStarted";
    if (last?.__typename === "LlmCallFinished" || isFirst !== (last === undefined))
      throw new CheckFailed(`The stream: got ${nameOf(event)} after ${nameOf(last)}, ${RULE}`);
    if (!last) return;
    expectFields(event.__typename, event, { callId: last.callId });
    const { sequence } = event;
    expectThat(sequence > last.sequence, `${event.__typename}.sequence`, sequence, `more than ${last.sequence}`);
  }
}

const RULE = "expected LlmCallStarted first and once, and LlmCallFinished last";

const nameOf = (event: CallEventFragment | undefined): string => event?.__typename ?? "nothing";
