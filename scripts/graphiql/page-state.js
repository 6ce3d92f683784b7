import { useSyncExternalStore } from "react";

/** A value that components show. */
function state(initial) {
  let value = initial;
  const listeners = new Set();
  const subscribe = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    get: () => value,
    set: (next) => {
      value = next;
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, () => value),
  };
}

const KEY = "tollgate-key";

/** The key that requests are sent with. The browser keeps it for this tab, and forgets it with the tab. */
const stored = state(sessionStorage.getItem(KEY) ?? "");
export const key = {
  ...stored,
  set: (value) => {
    sessionStorage.setItem(KEY, value);
    stored.set(value);
  },
};

/** The call that is followed, as its events add up. Null if none has been. */
export const answer = state(null);

/** The job that this page opened last. */
export const job = state("");
