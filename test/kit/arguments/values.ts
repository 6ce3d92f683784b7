import { type Given, OPEN_JOB } from "./operations.js";
import { enumValue } from "./written.js";

// Each gives valid arguments of one mutation, with what the test adds or replaces.

export const HELLO = { role: enumValue("USER"), content: "Hello" };
export const organization = (more: Given) => ({ input: { id: "new", name: "New", ...more } });
export const group = (more: Given) => ({ input: { name: "New", models: [{ name: "gpt-4o" }], ...more } });
export const team = (more: Given) => ({ input: { id: "new", organizationId: "acme", ...more } });
export const key = (more: Given) => ({ input: { teamId: "acme-team", ...more } });
export const credits = (more: Given) => ({ input: { teamId: "acme-team", ...more } });
export const job = (more: Given) => ({ input: { jobType: "test", ...more } });
export const end = (more: Given) => ({ input: { jobId: OPEN_JOB, ...more } });
export const call = (more: Given) => ({ input: { jobId: OPEN_JOB, modelGroup: "Chat", messages: [HELLO], ...more } });
/** A call whose third message is this one. */
export const third = (message: Given) => call({ messages: [HELLO, HELLO, message] });
export const role = (name: string, more: Given) => third({ role: enumValue(name), ...more });

export const long = (length: number) => "x".repeat(length);
export const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
