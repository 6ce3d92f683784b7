import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";
import "./page.css";

// Monaco asks for its workers by label. The workers are files beside this one, so that the page's policy needs no blob:
// in it.
globalThis.MonacoEnvironment = {
  getWorker(_id, label) {
    const name = label === "json" || label === "graphql" ? label : "editor";
    return new Worker(new URL(`./${name}.worker.js`, import.meta.url), { type: "module", name });
  },
};

const defaultQuery = `# Tollgate sells LLM work by the job: a completed job
# costs one credit, however many calls it made.
#
# Say who you are in the Headers tab below, with a
# team's virtual key or the admin key:
#
#   { "Authorization": "Bearer sk-..." }
#
# Then press Ctrl-Enter. The book icon opens the
# manual of every type and field.

{
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

// Each subscription opens its own socket with the Headers tab as it is then, so that a changed key counts at once.
const url = new URL("/graphql", location.href).href;
const fetcher = createGraphiQLFetcher({ url, subscriptionUrl: url.replace(/^http/, "ws") });

createRoot(document.getElementById("graphiql")).render(
  <GraphiQL fetcher={fetcher} defaultQuery={defaultQuery} defaultEditorToolsVisibility="headers" />,
);
