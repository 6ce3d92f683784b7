/** A background duty. It is declared beside the code that it serves, and ops/background.ts runs it at intervals. */
export interface Task {
  /** The task's name in the log, such as "renew leases". */
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}
