import { hashOf, headersOf } from "../../../edge/http/page-headers.js";
import { SANDBOX_FRAME, SANDBOX_SCRIPTS, sandboxScript, sandboxStyle } from "./sandbox.js";

/**
 * This server sends all of GraphiQL, and 'self' means its sockets too. Monaco lays out its lines with inline styles.
 * Fonts and icons are data: URLs in the style sheet.
 */
export const graphiqlHeaders = headersOf("same-origin", {
  "default-src": "'none'",
  "script-src": "'self'",
  "worker-src": "'self'",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data:",
  "font-src": "'self' data:",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
});

/**
 * Apollo Sandbox is a frame from Apollo's servers, and a script that passes its requests on to ours, sockets included.
 * Sandbox signs in through a window that answers its opener, so the opener policy allows popups.
 */
export const sandboxHeaders = headersOf("same-origin-allow-popups", {
  "default-src": "'none'",
  "script-src": `${hashOf(sandboxScript)} ${SANDBOX_SCRIPTS}`,
  "style-src": hashOf(sandboxStyle),
  "img-src": "data:",
  "frame-src": SANDBOX_FRAME,
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
});
