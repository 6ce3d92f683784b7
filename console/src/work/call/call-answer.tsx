import { Caret } from "../../answer/streaming-text";
import { formatCounted } from "../../format/numbers";
import { ScrollFrame } from "../scroll-frame";
import { Sub } from "./sub";

interface Props {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly { readonly name: string; readonly arguments: string }[];
  /** The tokens of the answer. Null if they are not known yet. */
  readonly tokens: number | null;
  readonly finishReason: string | null;
  readonly isRunning: boolean;
}

/** What a call answered: its reasoning, its text and the tools that it asks for. */
export function CallAnswer({ text, reasoning, toolCalls, tokens, finishReason, isRunning }: Props) {
  const note = [tokens !== null && formatCounted(tokens, "token"), finishReason && `ended by "${finishReason}"`];
  const isNothing = text === "" && toolCalls.length === 0;
  return (
    <Sub title="Answer" note={note.filter(Boolean).join(", ")}>
      {reasoning !== "" && (
        <details className="mb-2 rounded-control border px-3 py-2 text-dim" open={isNothing}>
          <summary className="cursor-pointer text-xs">Reasoning</summary>
          <p className="mt-1 max-h-60 overflow-y-auto whitespace-pre-wrap break-words">{reasoning}</p>
        </details>
      )}
      {(text !== "" || isRunning) && (
        <ScrollFrame
          label="Text of the answer"
          className="max-h-96 overflow-y-auto whitespace-pre-wrap break-words rounded-control border bg-bg px-3 py-2.5"
        >
          {text === "" && <span className="text-faint">waiting for the first token</span>}
          {text}
          {isRunning && <Caret />}
        </ScrollFrame>
      )}
      {toolCalls.map((toolCall, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tool calls are only ever added at the end.
        <div key={index} className="mt-2 rounded-control border bg-bg px-3 py-2.5">
          <p className="text-dim text-xs">
            asks for the tool <span className="font-mono text-text">{toolCall.name}</span>
          </p>
          <pre className="mt-1 whitespace-pre-wrap break-all font-mono text-[12.5px]">{toolCall.arguments}</pre>
        </div>
      ))}
      {isNothing && !isRunning && <p className="text-faint">There is no answer, or it is not kept any more.</p>}
    </Sub>
  );
}
