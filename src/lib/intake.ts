import { DomainError } from "./errors.js";

/** Whether the process takes new work. An intake that was closed stays closed, because the process is stopping. */
export class Intake {
  private closed = false;

  get isOpen(): boolean {
    return !this.closed;
  }

  close(): void {
    this.closed = true;
  }

  /** Throws UNAVAILABLE if the process is stopping. Call this before any work is taken. */
  requireOpen(): void {
    if (this.closed) throw new DomainError("UNAVAILABLE", "The gateway is stopping.");
  }
}
