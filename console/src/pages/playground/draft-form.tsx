import { Play, Plus, Trash2 } from "lucide-react";
import type { MessageRole } from "../../api/graphql";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { SelectField, TextField } from "../../ui/fields";
import { Failed } from "../../ui/states";
import { type Draft, type DraftMessage, type Mistakes, ROLES } from "./draft";

interface Props {
  readonly draft: Draft;
  readonly groups: readonly {
    readonly name: string;
    readonly displayName: string;
    readonly models: readonly { readonly name: string }[];
  }[];
  readonly mistakes: Mistakes;
  readonly isBusy: boolean;
  /** Why the last call was refused. */
  readonly error: unknown;
  onChange(draft: Draft): void;
  onRun(): void;
}

/** Where a call is written. Ctrl-Enter sends it from any field. */
export function DraftForm({ draft, groups, mistakes, isBusy, error, onChange, onRun }: Props) {
  const set = (changed: Partial<Draft>) => onChange({ ...draft, ...changed });
  const group = groups.find(({ name }) => name === draft.modelGroup);
  return (
    <Card title="Call">
      <form
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          onRun();
        }}
        onKeyDown={(event) => {
          const sends = event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement;
          if (event.key !== "Enter" || !sends) return;
          // The browser would send some fields by itself, too.
          event.preventDefault();
          // Whoever holds the key means one call.
          if (!event.repeat) onRun();
        }}
      >
        <SelectField
          label="Model group"
          value={draft.modelGroup}
          options={groups.map(({ name, displayName }) => [name, displayName])}
          onChange={(modelGroup) => set({ modelGroup })}
          error={mistakes.modelGroup}
          hint={group && `Tried in this order: ${group.models.map(({ name }) => name).join(", ")}`}
        />
        <Messages messages={draft.messages} onChange={(messages) => set({ messages })} />
        {mistakes.messages && <p className="text-bad text-xs">{mistakes.messages}</p>}
        <div className="grid grid-cols-2 gap-3.5">
          <TextField
            label="Temperature"
            hint="0 to 2. Empty leaves it to the model."
            value={draft.temperature}
            error={mistakes.temperature}
            onChange={(temperature) => set({ temperature })}
          />
          <TextField
            label="Most tokens of the answer"
            hint="Empty leaves it to the model."
            value={draft.maxTokens}
            error={mistakes.maxTokens}
            onChange={(maxTokens) => set({ maxTokens })}
          />
        </div>
        <details className="rounded-control border px-3 py-2">
          <summary className="cursor-pointer text-dim">Tools and schema</summary>
          <div className="mt-3 flex flex-col gap-3.5">
            <TextField
              label="Tools"
              hint='A JSON array, such as [{"type": "function", "function": {"name": "weather"}}].'
              lines={4}
              isMono
              value={draft.tools}
              error={mistakes.tools}
              onChange={(tools) => set({ tools })}
            />
            <TextField
              label="Schema of the answer"
              hint='A JSON schema, such as {"type": "object", "properties": {"city": {"type": "string"}}}.'
              lines={4}
              isMono
              value={draft.schema}
              error={mistakes.schema}
              onChange={(schema) => set({ schema })}
            />
          </div>
        </details>
        {Boolean(error) && <Failed error={error} />}
        <div className="flex items-center gap-3">
          <Button type="submit" tone="primary" disabled={isBusy}>
            <Play size={14} aria-hidden /> Run
          </Button>
          <span className="text-faint text-xs">or Ctrl-Enter</span>
        </div>
      </form>
    </Card>
  );
}

interface MessagesProps {
  readonly messages: readonly DraftMessage[];
  onChange(messages: readonly DraftMessage[]): void;
}

function Messages({ messages, onChange }: MessagesProps) {
  const change = (id: number, changed: Partial<DraftMessage>) =>
    onChange(messages.map((message) => (message.id === id ? { ...message, ...changed } : message)));
  const id = Math.max(...messages.map((message) => message.id)) + 1;
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="sr-only">Messages</legend>
      {messages.map((message, index) => (
        <div key={message.id} className="grid grid-cols-[7rem_minmax(0,1fr)_auto] items-start gap-2">
          <SelectField<MessageRole>
            label={`Role of message ${index + 1}`}
            value={message.role}
            options={ROLES}
            onChange={(role) => change(message.id, { role })}
          />
          <TextField
            label={`Message ${index + 1}`}
            lines={message.role === "USER" ? 3 : 2}
            value={message.content}
            onChange={(content) => change(message.id, { content })}
          />
          <button
            type="button"
            disabled={messages.length === 1}
            aria-label={`Remove message ${index + 1}`}
            className="mt-6 rounded p-1.5 text-dim hover:bg-line disabled:opacity-30"
            onClick={() => onChange(messages.filter((other) => other.id !== message.id))}
          >
            <Trash2 size={15} aria-hidden />
          </button>
        </div>
      ))}
      <div>
        <Button tone="quiet" onClick={() => onChange([...messages, { id, role: "USER", content: "" }])}>
          <Plus size={14} aria-hidden /> Add a message
        </Button>
      </div>
    </fieldset>
  );
}
