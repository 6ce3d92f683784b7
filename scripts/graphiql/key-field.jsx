import { key } from "./page-state.js";

/** It is no password field, because browsers offer to keep what is in one. */
export function KeyField() {
  const value = key.use();
  return (
    <label className="key-field">
      Key
      <input
        type="text"
        value={value}
        placeholder="sk-..."
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => key.set(event.target.value.trim())}
      />
    </label>
  );
}
