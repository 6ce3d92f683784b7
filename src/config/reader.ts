import { quote } from "../lib/errors.js";
import type { Env } from "./env.js";

/** Reads variables one by one and collects their mistakes. An empty variable counts as not set. */
export class EnvReader {
  readonly problems: string[] = [];
  /** Every name that was asked for, whether or not it is set. */
  readonly names = new Set<string>();

  constructor(private readonly env: Env) {}

  text(name: string): string | undefined {
    this.names.add(name);
    return this.env[name]?.trim() || undefined;
  }

  /** Reads a whole number from `min` to `max`. */
  integer(name: string, fallback: number, min: number, max: number): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    return this.refuse(name, `must be a whole number from ${min} to ${max}`, text, fallback);
  }

  oneOf<const T extends string, const F extends T | null>(name: string, fallback: F, allowed: readonly T[]): T | F {
    const text = this.text(name);
    if (text === undefined) return fallback;
    return (
      allowed.find((value) => value === text) ??
      this.refuse(name, `must be one of ${allowed.join(", ")}`, text, fallback)
    );
  }

  url(name: string, schemes: readonly string[]): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url && schemes.includes(url.protocol.slice(0, -1))) {
      if (!isCutInPassword(url)) return text;
      this.problems.push(
        `${name} has an @ behind its host. In a user, a password or a path, write %2F, %3F, %23 and %40.`,
      );
      return undefined;
    }
    // A URL may contain a password, so only its beginning is shown.
    return this.refuse(
      name,
      `must be a URL starting with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`,
      text.split(/[:/@]/, 1)[0],
      undefined,
    );
  }

  /** Refuses a value and returns the fallback, so that the mistakes of all variables are found. */
  refuse<T>(name: string, rule: string, got: unknown, fallback: T): T {
    this.problems.push(`${name} ${rule}, got ${quote(got)}.`);
    return fallback;
  }
}

/** A / ? or # in a password ends the host, so that the rest of the password would be shown as a path. */
const isCutInPassword = ({ username, password, pathname, search, hash }: URL): boolean =>
  username + password === "" && `${pathname}${search}${hash}`.includes("@");
