export type Json = string | number | boolean | null | JsonObject | Json[];
export type JsonObject = { [name: string]: Json };
