/** A background duty: declared where it belongs, run at intervals by ops/background.ts. */
export interface Task {
  /** Such as "renew leases"; for the log. */
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}
