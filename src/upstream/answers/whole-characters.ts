/**
 * Makes texts that arrive in pieces fit to be shown and stored. An emoji is two halves in JavaScript, and an upstream may
 * cut between them: the first half waits here for the second. A half that stays alone, and NUL, which PostgreSQL cannot
 * store, become U+FFFD. So what a client sees of a stream is what is stored of it.
 */
export class WholeCharacters {
  private half = "";

  /** Returns the text to show now. It may be empty. */
  take(piece: string): string {
    const text = this.half + piece;
    const isCut = /[\ud800-\udbff]$/.test(text);
    this.half = isCut ? text.slice(-1) : "";
    return wellFormed(isCut ? text.slice(0, -1) : text);
  }

  /** Returns what is left at the end: U+FFFD if half of a character still waits. */
  rest(): string {
    const rest = wellFormed(this.half);
    this.half = "";
    return rest;
  }
}

/** Replaces halves of characters and NUL by U+FFFD. */
export const wellFormed = (text: string): string => text.toWellFormed().replaceAll("\0", "\ufffd");
