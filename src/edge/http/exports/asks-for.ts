/** Whether the first type that a client accepts is this one. What it would take instead, and how gladly, does not count. */
export const asksFor = (type: string, accept: string | undefined): boolean =>
  accept?.split(/[,;]/, 1)[0]?.trim().toLowerCase() === type;
