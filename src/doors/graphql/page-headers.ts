import { headersOf } from "../../edge/page-headers.js";

/**
 * GraphiQL comes whole from this server. The inline styles are Monaco's, which lays out its lines with them; fonts
 * and icons are data: URLs in its style sheet.
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
 * Apollo Sandbox is a frame from Apollo's servers and a script that passes its requests on to ours. The page brings a
 * policy of its own with a nonce made per reply, and a browser enforces both: 'unsafe-inline' here allows only what
 * that nonce does. Sandbox signs in through a window that answers its opener, hence the opener policy.
 */
export const sandboxHeaders = headersOf("same-origin-allow-popups", {
  "default-src": "'none'",
  "script-src": "'unsafe-inline' https://embeddable-sandbox.cdn.apollographql.com",
  "style-src": "'unsafe-inline' https://embeddable-sandbox.cdn.apollographql.com https://fonts.googleapis.com",
  "font-src": "https://fonts.gstatic.com",
  "img-src": "'self' https://apollo-server-landing-page.cdn.apollographql.com",
  "manifest-src": "https://apollo-server-landing-page.cdn.apollographql.com",
  "frame-src": "https://sandbox.embed.apollographql.com",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
});
