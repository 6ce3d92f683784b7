/**
 * The tokenizer's time grows with the square of the longest stretch without a break: 100,000 letters took 7 s. Slices
 * keep stretches short.
 */
const SLICE_CHARACTERS = 512;

/**
 * Yields slices of at most 512 characters. A slice ends before the last space that follows another character, because
 * no token of o200k_base reaches across that. If there is no such space, it ends after 512 characters, but never inside
 * a surrogate pair.
 */
export function* slicesOf(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > SLICE_CHARACTERS) {
    const end = start + SLICE_CHARACTERS;
    const cut = lastBreak(text, start, end) ?? (isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end);
    yield text.slice(start, cut);
    start = cut;
  }
  if (start < text.length) yield text.slice(start);
}

function lastBreak(text: string, start: number, end: number): number | undefined {
  for (let at = end; at > start + 1; at--) {
    if (text.charCodeAt(at) === SPACE && /\S/.test(text.charAt(at - 1))) return at;
  }
  return undefined;
}

const SPACE = 0x20;
const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
