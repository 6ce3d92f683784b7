import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";
import "./page.css";
import { AnswerPanel } from "./answer-panel.jsx";
import { EXAMPLE_TABS } from "./example-tabs.ts";
import { fetcher } from "./fetcher.js";
import { KeyField } from "./key-field.jsx";

// Monaco asks for its workers by label. The workers are files beside this one, so that the page's policy needs no blob:
// in it.
globalThis.MonacoEnvironment = {
  getWorker(_id, label) {
    const name = label === "json" || label === "graphql" ? label : "editor";
    return new Worker(new URL(`./${name}.worker.js`, import.meta.url), { type: "module", name });
  },
};

// The browser keeps documents and variables, and no headers, because a key may be in them.
createRoot(document.getElementById("graphiql")).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={EXAMPLE_TABS}
    defaultEditorToolsVisibility="variables"
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
  >
    <GraphiQL.Logo>
      <KeyField />
    </GraphiQL.Logo>
    <GraphiQL.Footer>
      <AnswerPanel />
    </GraphiQL.Footer>
  </GraphiQL>,
);
