import { answer } from "./page-state.js";

/** What the events of a call add up to, below the events themselves. */
export function AnswerPanel() {
  const shown = answer.use();
  if (!shown) return null;
  const { state, text, reasoning, toolCalls, notes } = shown;
  return (
    <section className="answer-panel" aria-label="The answer so far">
      <p className="answer-state">{state}</p>
      {notes.map((note) => (
        <p key={note} className="answer-note">
          {note}
        </p>
      ))}
      {reasoning !== "" && (
        <details open>
          <summary>Reasoning</summary>
          <pre>{reasoning}</pre>
        </details>
      )}
      <pre className="answer-text">{text}</pre>
      {toolCalls.length > 0 && (
        <ol aria-label="Tool calls" start={0}>
          {toolCalls.map(({ name, arguments: given }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tool call is its index.
            <li key={index}>
              <code>
                {name}({given})
              </code>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
