import type { UnknownFields } from "../../../features/calls/log/call-event.js";
import { isObject } from "../../../lib/json/unknown-json.js";

export type ThinkingBlock =
  | { readonly type: "thinking"; readonly thinking: string; readonly signature: string }
  | { readonly type: "redacted_thinking"; readonly data: string };

/**
 * Puts thinking blocks together. An upstream of Anthropic's sends each as a whole. LiteLLM sends pieces of the text
 * without a signature, and then the signature, which ends the block.
 */
export function thinkingBlocks(sent: unknown): ThinkingBlock[] {
  const blocks: ThinkingBlock[] = [];
  let open = "";
  for (const piece of piecesOf(sent)) {
    if (piece.type === "redacted_thinking") blocks.push(piece);
    else if (piece.signature === "") open += piece.thinking;
    else {
      blocks.push({ ...piece, thinking: open + piece.thinking });
      open = "";
    }
  }
  return open === "" ? blocks : [...blocks, { type: "thinking", thinking: open, signature: "" }];
}

/** The thinking blocks, or pieces of them, in what an upstream sent. What is not there is "". */
export function piecesOf(sent: unknown): ThinkingBlock[] {
  const given = Array.isArray(sent) ? sent.filter(isObject) : [];
  return given.flatMap((piece): ThinkingBlock[] => {
    if (piece.type === "redacted_thinking") return [{ type: piece.type, data: textIn(piece, "data") }];
    if (piece.type !== "thinking") return [];
    return [{ type: piece.type, thinking: textIn(piece, "thinking"), signature: textIn(piece, "signature") }];
  });
}

function textIn(piece: UnknownFields, name: string): string {
  const value = piece[name];
  return typeof value === "string" ? value : "";
}
