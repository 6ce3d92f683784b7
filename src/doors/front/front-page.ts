import { hashOf, headersOf } from "../../edge/http/page-headers.js";
import type { FrontLink } from "./front-links.js";

const style = `
      :root { color-scheme: light dark; --back: #f7f7f5; --panel: #fff; --line: #e6e5e0; --text: #1d1c1a; --dim: #6b6963; --accent: #0f766e; }
      @media (prefers-color-scheme: dark) {
        :root { --back: #131312; --panel: #1b1b19; --line: #2b2a27; --text: #eceae4; --dim: #a19e95; --accent: #2dd4bf; }
      }
      body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
      main { max-width: 44rem; margin: 0 auto; padding: 3rem 1rem; }
      h1 { margin: 0 0 .5rem; font-size: 1.75rem; }
      h2 { margin: 2rem 0 .5rem; font-size: 1rem; }
      p { margin: 0 0 1.5rem; }
      ul { margin: 0; padding: 0; list-style: none; }
      li a, dl { display: block; border: 1px solid var(--line); border-radius: .625rem; background: var(--panel); padding: .75rem 1rem; }
      li a { margin: 0 0 .5rem; color: inherit; text-decoration: none; }
      li a:hover, li a:focus-visible { border-color: var(--accent); outline: 2px solid transparent; }
      strong { display: block; color: var(--accent); }
      li span, dd { color: var(--dim); }
      dl { margin: 0; }
      dt { font-family: ui-monospace, monospace; }
      dd { margin: 0 0 .5rem; }
    `;

/** The page has links, and nothing else. */
export const frontHeaders = headersOf("same-origin", {
  "default-src": "'none'",
  "style-src": hashOf(style),
  "img-src": "data:",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
});

export const WHAT_IT_IS =
  "Tollgate is a gateway for LLM work that is sold by the job. A team opens a job, makes calls in it and completes it.";

/** Returns the page. The texts are the gateway's own. */
export function frontPage(links: readonly FrontLink[]): string {
  const pages = links.filter(({ isPage }) => isPage);
  const addresses = links.filter(({ isPage }) => !isPage);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Tollgate</title>
    <link rel="icon" href="data:,">
    <style>${style}</style>
  </head>
  <body>
    <main>
      <h1>Tollgate</h1>
      <p>${WHAT_IT_IS}</p>
      <nav aria-label="Pages">
        <ul>
${pages.map(({ name, path, description }) => `          <li><a href="${path}"><strong>${name}</strong> <span>${description}</span></a></li>`).join("\n")}
        </ul>
      </nav>
      <h2>For programs</h2>
      <dl>
${addresses.map(({ path, description }) => `        <dt>${path}</dt>\n        <dd>${description}</dd>`).join("\n")}
      </dl>
    </main>
  </body>
</html>
`;
}
