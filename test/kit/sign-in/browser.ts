import { parseSetCookie, stringifyCookie } from "cookie";

/** What the last page of a way of redirects was. */
export interface Page {
  readonly status: number;
  readonly url: URL;
  readonly text: string;
  readonly headers: Headers;
}

/** Follows redirects, and keeps the cookies of each origin, as a browser does. */
export class Browser {
  private readonly jars = new Map<string, Map<string, string>>();
  /** The headers `set-cookie` that it has got. */
  readonly given: string[] = [];
  /** The addresses that it went to. */
  readonly way: URL[] = [];

  /** Goes to an address, and on, until there is an answer that leads nowhere or `stopAt` says so of the next address. */
  async go(address: string, stopAt: (next: URL) => boolean = () => false): Promise<Page> {
    let url = new URL(address);
    for (;;) {
      this.way.push(url);
      const response = await fetch(url, { redirect: "manual", headers: this.headersFor(url.origin) });
      this.keep(url.origin, response.headers.getSetCookie());
      const text = await response.text();
      const location = response.headers.get("location");
      const next = location === null ? null : new URL(location, url);
      if (!next) return { status: response.status, url, text, headers: response.headers };
      if (stopAt(next)) return { status: response.status, url: next, text, headers: response.headers };
      url = next;
    }
  }

  /** What it sends with a request that a page of `origin` makes to its own server. */
  headersOfPage(origin: string): Record<string, string> {
    return { origin, ...this.headersFor(origin) };
  }

  headersFor(origin: string): Record<string, string> {
    const cookies = Object.fromEntries(this.jars.get(origin) ?? []);
    return Object.keys(cookies).length > 0 ? { cookie: stringifyCookie(cookies) } : {};
  }

  cookie(origin: string, name: string): string | undefined {
    return this.jars.get(origin)?.get(name);
  }

  set(origin: string, name: string, value: string): void {
    this.jars.set(origin, (this.jars.get(origin) ?? new Map()).set(name, value));
  }

  keep(origin: string, headers: readonly string[]): void {
    for (const header of headers) {
      this.given.push(header);
      const { name, value, maxAge, expires } = parseSetCookie(header);
      const isGone = maxAge === 0 || (expires !== undefined && expires.getTime() <= Date.now());
      if (isGone) this.jars.get(origin)?.delete(name);
      else this.set(origin, name, value ?? "");
    }
  }
}
