const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;

type Output = Pick<NodeJS.WriteStream, "write" | "isTTY">;

/**
 * Where the demo prints. On a terminal a mark with the elapsed time turns while something runs, and is then erased. A
 * pipe or a file gets plain lines only. Streamed text is written as it comes on both.
 */
export class Progress {
  constructor(private readonly output: Output) {}

  say(line = ""): void {
    this.output.write(`${line}\n`);
  }

  /** Writes a piece of a line at once. */
  write(text: string): void {
    this.output.write(text);
  }

  /** Shows the elapsed time until the work ends or fails. */
  async during<T>(work: Promise<T>): Promise<T> {
    if (!this.output.isTTY) return work;
    const startedAt = performance.now();
    let width = 0;
    const erase = () => this.output.write(`\r${" ".repeat(width)}\r`);
    const draw = () => {
      const elapsedMs = performance.now() - startedAt;
      const mark = `    ${FRAMES[Math.floor(elapsedMs / FRAME_MS) % FRAMES.length]} ${(elapsedMs / 1_000).toFixed(1)} s`;
      width = Math.max(width, mark.length);
      this.output.write(`\r${mark}`);
    };
    draw();
    const timer = setInterval(draw, FRAME_MS);
    try {
      return await work;
    } finally {
      clearInterval(timer);
      erase();
    }
  }
}
