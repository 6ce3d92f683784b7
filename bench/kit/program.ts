import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type Core, cpuSecondsOf, pinned } from "./cores.js";

/** How many characters of its output are kept, for `says`. */
const OUTPUT_KEPT = 10_000;
/** A program that has not ended by then is ended by force. */
const STOP_MAX_MS = 10_000;

interface ProgramOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The core that it runs on, if the machine can choose. */
  readonly core: Core;
  /** Flags for node itself. */
  readonly flags?: readonly string[];
  /** Whether its standard error is thrown away. */
  readonly isQuiet?: boolean;
}

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** A separate node process that answers questions by their names. Its side is in `answer.mjs`. */
export class Program {
  private asked = 0;
  private readonly waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  private output = "";
  private wake: () => void = () => {};

  constructor(
    readonly name: string,
    file: string,
    { args = [], core, env = {}, flags = [], isQuiet = false }: ProgramOptions,
  ) {
    this.child = fork(file, args, {
      env: { ...process.env, ...env },
      ...pinned(core, process.execPath, flags),
      stdio: ["ignore", "pipe", isQuiet ? "ignore" : "inherit", "ipc"],
    });
    this.child.on("message", (reply) => this.take(reply as Reply));
    this.child.on("exit", () => this.ended());
    this.child.stdout?.on("data", (bytes) => {
      this.output = (this.output + bytes).slice(-OUTPUT_KEPT);
      this.wake();
    });
  }

  private readonly child: ChildProcess;

  ask<Result>(question: string, argument: unknown = null): Promise<Result> {
    this.asked += 1;
    const id = this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.send({ id, question, argument }, (error) => error && reject(error));
    });
  }

  /** Returns the first match in what it writes to its standard output. Throws if it ends before. */
  async says(pattern: RegExp): Promise<string> {
    for (;;) {
      const [match] = pattern.exec(this.output) ?? [];
      if (match !== undefined) return match;
      if (this.hasEnded) throw new Error(`${this.name} ended without saying ${pattern}. It said: ${this.output}`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** Returns how many seconds of processor time it has used so far. Returns NaN if the system is not Linux. */
  cpuSeconds(): number {
    return cpuSecondsOf(this.child.pid);
  }

  /** Returns how much memory it has now, as the system counts it. Returns NaN if the system is not Linux. */
  residentBytes(): number {
    try {
      const [, kib] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.child.pid}/status`, "utf8")) ?? [];
      return Number(kib) * 1_024;
    } catch {
      return Number.NaN;
    }
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGTERM");
    const patience = setTimeout(() => this.child.kill("SIGKILL"), STOP_MAX_MS);
    await ended;
    clearTimeout(patience);
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private take({ id, result, error }: Reply): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) waiting?.resolve(result as never);
    else waiting?.reject(new Error(`${this.name}: ${error}`));
  }

  private ended(): void {
    this.wake();
    for (const { reject } of this.waiting.values()) reject(new Error(`${this.name} has ended.`));
  }
}
