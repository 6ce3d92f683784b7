// JSON that only passes through may hold bigints too: see exact-json.ts.

export type Json = string | number | boolean | null | JsonObject | Json[];
export type JsonObject = { [name: string]: Json };
