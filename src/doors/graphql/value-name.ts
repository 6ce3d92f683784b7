import { type ASTNode, TokenKind } from "graphql";

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACKET_L, TokenKind.BRACE_L]);
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACKET_R, TokenKind.BRACE_R]);

/**
 * Returns the argument, field or variable that a value in a document is given to, even from inside a list. That is the
 * name before the nearest colon that does not belong to an earlier item.
 */
export function nameOfValue(value: ASTNode): string | undefined {
  let insideItems = 0;
  for (let token = value.loc?.startToken.prev; token; token = token.prev) {
    if (CLOSING.has(token.kind)) insideItems += 1;
    else if (OPENING.has(token.kind)) insideItems -= 1;
    else if (token.kind === TokenKind.COLON && insideItems <= 0) return token.prev?.value;
  }
  return undefined;
}
