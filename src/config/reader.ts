import { quote } from "../lib/errors.js";
import type { Env } from "./env.js";
import { inOrder, type Setting, type VariableName, withoutSecrets } from "./setting.js";

/**
 * Reads variables one by one, collects their mistakes, and notes what may be shown of them. An empty variable counts as not
 * set.
 */
export class EnvReader {
  readonly problems: string[] = [];
  private readonly read = new Map<VariableName, Setting>();

  constructor(private readonly env: Env) {}

  /** What was read, in the order of .env.example. It contains no secret. */
  get settings(): readonly Setting[] {
    return inOrder(this.read.values());
  }

  /** Whether a variable is set, if it matters beside its value. */
  isSet(name: VariableName): boolean {
    return this.given(name) !== undefined;
  }

  /** A variable that is none of the gateway's. The file of upstreams names it. It is never shown. */
  named(name: string): string | undefined {
    return this.env[name]?.trim() || undefined;
  }

  text<const F extends string | undefined = undefined>(name: VariableName, fallback?: F): string | F {
    const text = this.given(name) ?? (fallback as F);
    this.note(name, text, fallback);
    return text;
  }

  /** Reads a text that is never shown. */
  secret<const F extends string | undefined = undefined>(name: VariableName, fallback?: F): string | F {
    const text = this.given(name) ?? (fallback as F);
    this.read.set(name, { name, value: null, isDefault: text === fallback, isSecret: true });
    return text;
  }

  /** Reads a whole number from `min` to `max`. */
  integer<F extends number | null>(name: VariableName, fallback: F, min: number, max: number): number | F {
    const value = this.integerOf(name, fallback, min, max);
    this.note(name, value, fallback);
    return value;
  }

  private integerOf<F>(name: VariableName, fallback: F, min: number, max: number): number | F {
    const text = this.given(name);
    if (text === undefined) return fallback;
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    return this.refuse(name, `must be a whole number from ${min} to ${max}`, text, fallback);
  }

  oneOf<const T extends string, const F extends T | null>(
    name: VariableName,
    fallback: F,
    allowed: readonly T[],
  ): T | F {
    const text = this.given(name);
    const found = text === undefined ? fallback : allowed.find((value) => value === text);
    if (found === undefined) return this.refuse(name, `must be one of ${allowed.join(", ")}`, text, fallback);
    this.note(name, found, fallback);
    return found;
  }

  /** Reads an address. Its user, its password and its query are never shown. */
  url(name: VariableName, schemes: readonly string[]): string | undefined {
    const url = this.urlOf(name, schemes);
    this.note(name, url === undefined ? null : withoutSecrets(url), undefined);
    return url;
  }

  private urlOf(name: VariableName, schemes: readonly string[]): string | undefined {
    const text = this.given(name);
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
  refuse<T>(name: VariableName, rule: string, got: unknown, fallback: T): T {
    this.problems.push(`${name} ${rule}, got ${quote(got)}.`);
    return fallback;
  }

  private given(name: VariableName): string | undefined {
    return this.env[name]?.trim() || undefined;
  }

  private note(name: VariableName, value: Noted, fallback: Noted): void {
    // A list of nothing is shown as nothing.
    const shown = value?.toString() || null;
    this.read.set(name, { name, value: shown, isDefault: shown === (fallback?.toString() || null), isSecret: false });
  }
}

type Noted = string | number | null | undefined;

/** A / ? or # in a password ends the host, so that the rest of the password would be shown as a path. */
const isCutInPassword = ({ username, password, pathname, search, hash }: URL): boolean =>
  username + password === "" && `${pathname}${search}${hash}`.includes("@");
