/** How much of a message is logged, and how much of a stack. */
const MESSAGE_CHARACTERS_MAX = 500;
const FRAMES_MAX = 12;
/** How many causes of an error are logged. */
const CAUSES_MAX = 3;

interface LoggedError {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/**
 * Returns what is logged of an error: its class, code, message, where it was thrown, and its causes. Other fields are left
 * out, because they may hold a text of a client: PostgreSQL tells the row that it refused, and Prisma the values of a
 * query. So are quotations, in which PostgreSQL and JSON.parse repeat what they could not read.
 */
export function safeError(error: unknown, causes = CAUSES_MAX): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: "Something was thrown that is no error." };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    message: withoutQuotations(error),
    ...(frames?.length && { stack: frames.slice(0, FRAMES_MAX).join("\n") }),
    ...(error.cause !== undefined && causes > 0 && { cause: safeError(error.cause, causes - 1) }),
  };
}

/** A quotation of PostgreSQL. It is the last thing in its message, and may itself have quotation marks in it. */
const LAST_QUOTATION = /: ".*"/s;
/** Every other quotation, except the names of the gateway's own tables and the like. */
const QUOTATION = /(?<!\b(?:column|constraint|database|function|index|relation|role|schema|table|type|user) )"[^"]*"/g;

function withoutQuotations(error: Error): string {
  if (error instanceof SyntaxError) return "The text is not valid JSON.";
  const message = isOfDatabase(error)
    ? lastParagraph(error.message).replace(LAST_QUOTATION, ': "..."').replace(QUOTATION, '"..."')
    : error.message;
  return message.slice(0, MESSAGE_CHARACTERS_MAX);
}

/** Errors of PostgreSQL have a severity. Prisma wraps them, and has errors of its own. */
const isOfDatabase = (error: Error): boolean =>
  "severity" in error || error.name.startsWith("Prisma") || error.name === "DriverAdapterError";

/** Prisma shows what it was given, and says in the end what is wrong with it. */
const lastParagraph = (message: string): string => message.trim().split("\n\n").at(-1) ?? "";
