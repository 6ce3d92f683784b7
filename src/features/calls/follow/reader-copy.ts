import type { CallItem, Snapshot } from "../log/call-event.js";
import type { CallState } from "../log/call-log.js";

/**
 * Remembers how much of an answer a follower has received, so that one that falls behind can be sent only the rest.
 * OpenAI's format cannot say "replace everything", so sending it all again would repeat the text.
 */
export class ReaderCopy {
  private isKnown = false;
  private restarts = 0;
  private contentLength = 0;
  private reasoningLength = 0;
  private tools: { nameLength: number; argumentsLength: number; extras: number }[] = [];

  /** Takes note of an item that is sent to the follower. */
  take(item: CallItem): void {
    if (item.type === "started") this.isKnown = true;
    else if (item.type === "text-delta") this.contentLength += item.content.length;
    else if (item.type === "reasoning-delta") this.reasoningLength += item.content.length;
    else if (item.type === "tool-call-delta") this.takeToolCall(item);
    else if (item.type === "model-switched" && item.discard) this.startOver();
  }

  /**
   * What to send the follower so that it has all of this state: nothing or one delta, if that is enough, otherwise a
   * snapshot. Two deltas are never sent, since a follower may leave and come back between any two events.
   */
  catchUp(state: CallState): readonly (CallItem | Snapshot)[] {
    const rest = this.isKnown && state.restarts === this.restarts ? this.restOf(state) : undefined;
    const { content, reasoning, reasoningField, toolCalls } = state;
    this.isKnown = true;
    this.restarts = state.restarts;
    this.contentLength = content.length;
    this.reasoningLength = reasoning.length;
    this.tools = toolCalls.map((call) => ({
      nameLength: call.name.length,
      argumentsLength: call.arguments.length,
      extras: countOf(call.extra),
    }));
    if (rest && rest.length <= 1) return rest;
    return [{ type: "snapshot", content, reasoning, reasoningField, toolCalls }];
  }

  private restOf({ content, reasoning, reasoningField, toolCalls }: CallState): CallItem[] {
    const rest: CallItem[] = [];
    if (reasoning.length > this.reasoningLength)
      rest.push({ type: "reasoning-delta", field: reasoningField, content: reasoning.slice(this.reasoningLength) });
    if (content.length > this.contentLength)
      rest.push({ type: "text-delta", content: content.slice(this.contentLength) });
    for (const [index, { id, name, arguments: text, ...kind }] of toolCalls.entries()) {
      const had = this.tools[index];
      if (!had) rest.push({ type: "tool-call-delta", index, id, name, arguments: text, ...kind });
      else if (name.length > had.nameLength || text.length > had.argumentsLength || countOf(kind.extra) > had.extras)
        rest.push({
          type: "tool-call-delta",
          index,
          ...kind,
          name: name.slice(had.nameLength),
          arguments: text.slice(had.argumentsLength),
        });
    }
    return rest;
  }

  private takeToolCall({
    index,
    name = "",
    arguments: text = "",
    extra,
  }: Extract<CallItem, { type: "tool-call-delta" }>): void {
    const had = this.tools[index] ?? { nameLength: 0, argumentsLength: 0, extras: 0 };
    this.tools[index] = {
      nameLength: had.nameLength + name.length,
      argumentsLength: had.argumentsLength + text.length,
      extras: Math.max(had.extras, countOf(extra)),
    };
  }

  private startOver(): void {
    this.restarts += 1;
    this.contentLength = 0;
    this.reasoningLength = 0;
    this.tools = [];
  }
}

const countOf = (extra: object | undefined): number => Object.keys(extra ?? {}).length;
