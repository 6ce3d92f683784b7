import { invalid } from "../../input/validate.js";
import { isRefusedName } from "./sending/public-address.js";

/**
 * Returns if events may be posted to a URL, as far as its text tells. Otherwise throws INVALID_INPUT. The address that its
 * name stands for is checked each time it is connected to.
 */
export function requireUrl(text: string, allowsPrivate: boolean): void {
  const field = "input.url";
  const schemes = allowsPrivate ? ["https:", "http:"] : ["https:"];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !schemes.includes(url.protocol))
    throw invalid(field, `must be a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}`, text);
  // A password is not repeated in the error.
  if (url.username + url.password !== "") throw invalid(field, "must have no user and no password", url.origin);
  if (!allowsPrivate && isRefusedName(url.hostname)) throw invalid(field, "must have a public host", text);
}
