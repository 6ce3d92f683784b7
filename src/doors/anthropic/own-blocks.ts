import type { UnknownFields } from "../../features/calls/log/call-event.js";
import { isObject } from "../../lib/json/unknown-json.js";

/**
 * Blocks of what ran at Anthropic, such as a search and its result. Only Anthropic's models write and read them, and only
 * if the admin allows such a tool. They pass as they are, in both directions.
 */
const OWN = /^((server|mcp)_tool_use|\w+_tool_result|container_upload|compaction|search_result)$/;

export const isOwnBlock = (block: unknown): block is UnknownFields =>
  isObject(block) && typeof block.type === "string" && OWN.test(block.type);

/** Those among the parts of an answer that are no text. */
export const ownBlocksIn = (parts: unknown): UnknownFields[] => (Array.isArray(parts) ? parts.filter(isOwnBlock) : []);
