import { type Logger, pino } from "pino";

export type { Logger };

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

/**
 * Makes a log that writes JSON lines to standard output. Credentials are replaced by "[struck out]" if a request or its
 * headers are logged.
 */
export function createLog(level: LogLevel): Logger {
  return pino({
    level,
    base: null,
    redact: {
      paths: ["headers.authorization", 'headers["x-admin-key"]', "headers.cookie", "req.headers"],
      censor: "[struck out]",
    },
  });
}
