import { type DestinationStream, type Logger, pino } from "pino";
import { safeError } from "./observe/safe-error.js";
import { currentTraceId, isTracing } from "./observe/tracing.js";

export type { Logger };

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
/** "json" is one JSON object on each line, for machines. "pretty" is for people. */
export type LogFormat = "json" | "pretty";

/** What waits for a reader of the output that is slow. Beyond it, lines are dropped rather than memory filled. */
const UNWRITTEN_BYTES_MAX = 16 * 1024 * 1024;
/**
 * Lines are written together, as soon as they are 8 KiB, and 10 times a second otherwise. A write for each line costs
 * more processor time than to make the line. What is killed loses the lines of its last 100 ms.
 */
const WRITTEN_TOGETHER = { minLength: 8 * 1024, periodicFlush: 100 };
/** How long the end of the process waits until the last lines are taken. */
const LAST_LINES_MS = 1_000;

/**
 * Makes a log. Its lines have names, ids and figures; an error is logged by `safeError`. Should a request or its headers
 * ever be logged, credentials are replaced by "[struck out]".
 */
export function createLog(level: LogLevel, output?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    serializers: { err: safeError },
    ...(isTracing() && { mixin: traceOfLine }),
    redact: {
      paths: [
        "headers.authorization",
        'headers["x-api-key"]',
        'headers["x-admin-key"]',
        "headers.cookie",
        "req.headers",
      ],
      censor: "[struck out]",
    },
  };
  return output ? pino(options, output) : pino(options);
}

/** Each line has the id of the trace that it is written in. */
function traceOfLine(): object {
  const traceId = currentTraceId();
  return traceId === null ? {} : { traceId };
}

/** Opens the standard output for a log. Only what the format needs is loaded. */
export async function openLogOutput(format: LogFormat): Promise<DestinationStream> {
  const output = standardOutput();
  if (format === "json") return output;
  const { prettyFactory } = await import("pino-pretty");
  const toText = prettyFactory({ colorize: process.stdout.isTTY, singleLine: true, translateTime: "SYS:HH:MM:ss.l" });
  return { write: (line) => void output.write(toText(line)) };
}

/**
 * Whatever becomes of the output, the gateway goes on: lines wait for a slow reader up to a limit, and are lost if the disk
 * is full or nobody reads. At the end of the process they wait for a short time only.
 */
function standardOutput(): DestinationStream {
  let isBroken = false;
  let waitsUntil = Number.POSITIVE_INFINITY;
  process.once("exit", () => {
    waitsUntil = performance.now() + LAST_LINES_MS;
  });
  const retryEAGAIN = () => performance.now() < waitsUntil;
  const output = pino.destination({
    dest: 1,
    sync: false,
    maxLength: UNWRITTEN_BYTES_MAX,
    ...WRITTEN_TOGETHER,
    retryEAGAIN,
  });
  output.on("error", () => {
    isBroken = true;
  });
  output.on("write", () => {
    isBroken = false;
  });
  // pino calls this when the process exits.
  const flush = output.flushSync.bind(output);
  output.flushSync = () => {
    try {
      if (!isBroken) flush();
    } catch {
      // Nobody reads. The lines are lost.
    }
  };
  return output;
}
