import type { ApolloServerPlugin } from "@apollo/server";

/** Apollo's addresses of the script that opens Sandbox's frame, and of the frame. */
export const SANDBOX_SCRIPTS = "https://embeddable-sandbox.cdn.apollographql.com";
export const SANDBOX_FRAME = "https://sandbox.embed.apollographql.com";

/** What stands in the editor at first. It needs a key, which takes the place of the dots. */
const FIRST_DOCUMENT = `query WhoAmI {
  viewer {
    __typename
    ... on TeamViewer {
      team {
        id
        credits {
          available
        }
      }
    }
  }
}
`;
const FIRST_STATE = { document: FIRST_DOCUMENT, headers: { Authorization: "Bearer sk-..." } };

/**
 * Subscriptions go to the socket at the page's own address. Sandbox would look for it elsewhere. If its script did not
 * come, the page says so and where else to go.
 */
export const sandboxScript = `
      const endpoint = location.origin + location.pathname;
      if (typeof EmbeddedSandbox === "undefined") document.body.dataset.sandbox = "missing";
      else new EmbeddedSandbox({
        target: "#sandbox",
        initialEndpoint: endpoint,
        initialSubscriptionEndpoint: endpoint.replace(/^http/, "ws"),
        initialState: ${JSON.stringify(FIRST_STATE)},
        endpointIsEditable: false,
        allowDynamicStyles: false,
        runTelemetry: false,
      });
    `;

export const sandboxStyle = `
      body { margin: 0; font-family: sans-serif; }
      p { padding: 1em; margin: 0; }
      p + p, [data-sandbox=missing] p { display: none; }
      [data-sandbox=missing] p + p { display: block; }
      iframe { position: absolute; top: 0; width: 100vw; height: 100vh; border: none; background-color: white; }
    `;

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Tollgate: Apollo Sandbox</title>
    <link rel="icon" href="data:,">
    <style>${sandboxStyle}</style>
  </head>
  <body>
    <p>Apollo Sandbox comes from the internet. <a href="/graphiql">GraphiQL</a> comes from this server.</p>
    <p role="alert">Apollo Sandbox could not be loaded, because its script did not come from the internet.
      Use <a href="/graphiql">GraphiQL</a>, which comes from this server.</p>
    <div id="sandbox"></div>
    <script src="${SANDBOX_SCRIPTS}/v2/embeddable-sandbox.umd.production.min.js"></script>
    <script>${sandboxScript}</script>
  </body>
</html>
`;

const withoutSandboxHtml = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Tollgate: GraphQL</title>
    <link rel="icon" href="data:,">
  </head>
  <body>
    <p>Apollo Sandbox is off, because people sign in here, and its script comes from the internet.
      <a href="/graphiql">GraphiQL</a> comes from this server.</p>
  </body>
</html>
`;

/**
 * Where people sign in, a script of Apollo's servers in a page of ours could do whatever the person may who opens it: the
 * browser sends the session along. Keys are not in its reach.
 */
export const withoutSandbox: ApolloServerPlugin = {
  async serverWillStart() {
    return { renderLandingPage: async () => ({ html: withoutSandboxHtml }) };
  },
};

/**
 * GET /graphql in a browser shows Apollo Sandbox. Apollo's own page for it cannot name an endpoint for subscriptions,
 * and it tells Apollo what is done in it.
 */
export const sandbox: ApolloServerPlugin = {
  async serverWillStart() {
    return { renderLandingPage: async () => ({ html }) };
  },
};
