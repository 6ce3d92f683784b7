import type { LookupAddress } from "node:dns";
import { Resolver } from "node:dns/promises";

/** Finds the addresses of a name. Throws if there are none. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/** How long a server of names has for an answer, and how often it is asked. */
const ANSWER_MS = 3_000;
const TRIES = 2;

/**
 * Asks the servers of names that the system knows, or others. The system's own look-up takes a thread of the process, of
 * which there are few. Names of customers whose servers do not answer would keep all of them, and with them the
 * connections to upstreams.
 */
export const byDns =
  (servers?: readonly string[]): Resolve =>
  async (hostname) => {
    const resolver = new Resolver({ timeout: ANSWER_MS, tries: TRIES });
    if (servers) resolver.setServers(servers);
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const found = answers.flatMap((answer, index) =>
      answer.status === "rejected" ? [] : answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 })),
    );
    const [first] = answers;
    if (found.length === 0 && first.status === "rejected") throw first.reason;
    return found;
  };
