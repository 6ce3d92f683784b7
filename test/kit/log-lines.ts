import { setImmediate as nextTurn } from "node:timers/promises";
import { createLog, type Logger, type LogLevel } from "../../src/lib/log.js";

// biome-ignore lint/suspicious/noExplicitAny: tests pick from lines whose shape they state themselves.
type Line = any;

/** A log whose lines a test reads. */
export class LogLines {
  readonly log: Logger;
  /** All that was written, as text. */
  text = "";
  private readonly lines: Line[] = [];
  private awaited: (() => void)[] = [];

  constructor(level: LogLevel = "trace") {
    const write = (line: string) => {
      this.text += line;
      this.lines.push(JSON.parse(line));
      for (const go of this.awaited.splice(0)) go();
    };
    this.log = createLog(level, { write });
  }

  /** The lines with this message so far. */
  of(message: string): Line[] {
    return this.lines.filter(({ msg }) => msg === message);
  }

  /** The first line that fits, as soon as it is written. */
  async until(fits: (line: Line) => boolean): Promise<Line> {
    for (;;) {
      const found = this.lines.find(fits);
      if (found) return found;
      await new Promise<void>((resolve) => this.awaited.push(resolve));
    }
  }

  /** The lines of requests with this id, once the first is written and the turn is over. */
  async ofRequest(requestId: string): Promise<Line[]> {
    await this.until((line) => line.requestId === requestId && line.msg === REQUEST);
    await nextTurn();
    return this.of(REQUEST).filter((line) => line.requestId === requestId);
  }
}

export const REQUEST = "A request has ended.";
export const CALL = "A call was settled.";
