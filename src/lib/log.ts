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
      paths: ["headers.authorization", 'headers["x-admin-key"]', "headers.cookie", "req.headers"],
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
  if (format === "json") return pino.destination({ dest: 1, sync: false, maxLength: UNWRITTEN_BYTES_MAX });
  const { default: pretty } = await import("pino-pretty");
  return pretty({ colorize: process.stdout.isTTY, sync: true, singleLine: true, translateTime: "SYS:HH:MM:ss.l" });
}
