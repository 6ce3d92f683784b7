/** The tab's own storage: other tabs do not see it, and it ends with the tab. */
const NAME = "tollgate.key";

/** Returns the key that the person chose to keep in this tab, or null. */
export function storedKey(): string | null {
  return sessionStorage.getItem(NAME);
}

/** Keeps the key in this tab, so that loading the page again does not ask for it. */
export function storeKey(key: string): void {
  sessionStorage.setItem(NAME, key);
}

export function forgetKey(): void {
  sessionStorage.removeItem(NAME);
}
