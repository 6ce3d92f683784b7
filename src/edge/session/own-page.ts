import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a page of the gateway's own origin has caused a request. A browser says so in `Origin` or in `Sec-Fetch-Site`, and
 * no page can change them. Whoever says nothing of it is no page of ours.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders, publicOrigin: string): boolean {
  const { origin } = headers;
  const site = headers["sec-fetch-site"];
  if (origin !== undefined && origin !== publicOrigin) return false;
  return site === undefined ? origin !== undefined : site === "same-origin";
}
