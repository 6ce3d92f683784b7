/**
 * Whether a value of JSON has at most so many levels. Those who read or write JSON call themselves at each level, so a value with
 * tens of thousands of them would end them all.
 */
export function isNestedWithin(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (levels <= 0) return false;
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return items.every((item) => isNestedWithin(item, levels - 1));
}
