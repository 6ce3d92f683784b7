/**
 * A background duty. It is declared in the folder of the data that it works on. ops/background.ts runs it at intervals.
 */
export interface Task {
  /** The task's name in the log, such as "renew leases". */
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}
