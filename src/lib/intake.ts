import { DomainError } from "./errors.js";
import { once } from "./once.js";

/**
 * What the process takes in. Whatever was let in is inside until it has been answered. An intake that was closed stays
 * closed, because the process is stopping.
 */
export class Intake {
  private closed = false;
  private inside = 0;
  private emptied: (() => void)[] = [];

  get isOpen(): boolean {
    return !this.closed;
  }

  /** Lets something in, until the returned function is called. Throws UNAVAILABLE if the process is stopping. */
  enter(): () => void {
    if (this.closed) throw gatewayStopping();
    this.inside += 1;
    return once(() => {
      this.inside -= 1;
      if (this.isEmpty) for (const resolve of this.emptied.splice(0)) resolve();
    });
  }

  get isEmpty(): boolean {
    return this.inside === 0;
  }

  close(): void {
    this.closed = true;
  }

  /** Returns once nothing is inside. */
  async empty(): Promise<void> {
    if (!this.isEmpty) await new Promise<void>((resolve) => this.emptied.push(resolve));
  }
}

export const gatewayStopping = () => new DomainError("UNAVAILABLE", "The gateway is stopping.");
