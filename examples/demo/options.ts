import { parseArgs } from "node:util";

/** The admin key of a gateway that was started without ADMIN_KEY. Such a gateway serves only its own machine. */
const DEFAULT_ADMIN_KEY = "sk-admin-key-change-me";

export const HELP = `Runs Tollgate's whole chain as a client over HTTP and a WebSocket, checks every answer, and prints it.

  npm run demo                                  starts a gateway of its own: embedded database, simulated model
  npm run demo -- --url URL --admin-key KEY     uses a gateway that is running

Options
  --url URL         where the gateway is, such as http://127.0.0.1:8003
  --admin-key KEY   its ADMIN_KEY; without it, the key that a gateway has by default
  --help            this text

With --url everything it creates has a random suffix in its name and stays there, and the calls may cost money.
Exit code: 0 when every check held, 1 when one did not or the gateway failed, 2 when the options are wrong.
`;

export type Options = { readonly kind: "help" } | { readonly kind: "own-gateway" } | RunningGateway;

interface RunningGateway {
  readonly kind: "running-gateway";
  readonly url: string;
  readonly adminKey: string;
}

/** The command line is wrong. The message says what is wrong with it. */
export class UsageError extends Error {}

export function readOptions(args: readonly string[]): Options {
  const { help, url, "admin-key": adminKey } = parse(args);
  if (help) return { kind: "help" };
  if (url === undefined) {
    if (adminKey !== undefined) throw new UsageError("--admin-key goes with --url; the demo's own gateway needs none.");
    return { kind: "own-gateway" };
  }
  return { kind: "running-gateway", url: readUrl(url), adminKey: readKey(adminKey ?? DEFAULT_ADMIN_KEY) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { url: { type: "string" }, "admin-key": { type: "string" }, help: { type: "boolean", short: "h" } },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Returns the gateway's address without a slash at its end. The address of its /graphql is accepted, too. */
function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol))
    throw new UsageError(`--url must be an address such as http://127.0.0.1:8003, got "${text}".`);
  if (url.username || url.password || url.search || url.hash)
    throw new UsageError("--url must be an address alone, without user, password, query or fragment.");
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "").replace(/\/graphql$/, "");
}

function readKey(text: string): string {
  if (!/^[\x21-\x7e]+$/.test(text)) throw new UsageError("--admin-key must be visible ASCII characters, at least one.");
  return text;
}
