import { type Logger, pino } from "pino";

export type { Logger };

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

/** JSON lines on standard output. Credentials are struck out wherever a request or its headers are logged. */
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
