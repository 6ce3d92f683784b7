import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { InMemoryCache } from "@apollo/client";
import { Kind, parse, print, visit } from "graphql";

const sources = new URL("../../console/src/", import.meta.url);

/**
 * Returns the operations of the console as Apollo Client sends them, in the form of a manifest of trusted documents. A
 * gateway that runs listed documents only lists these too, so that its own page works.
 */
export function listOperations() {
  const texts = readdirSync(sources, { recursive: true })
    .filter((name) => name.endsWith(".graphql"))
    .map((name) => readFileSync(new URL(name, sources), "utf8"));
  const { definitions } = parse(texts.join("\n"));
  const fragments = new Map(definitions.filter(isFragment).map((fragment) => [fragment.name.value, fragment]));
  const cache = new InMemoryCache();
  const operations = definitions
    .filter((definition) => !isFragment(definition))
    .map((operation) => {
      const document = { kind: Kind.DOCUMENT, definitions: [operation, ...fragmentsOf(operation, fragments)] };
      const body = print(cache.transformDocument(document));
      const id = createHash("sha256").update(body).digest("hex");
      return { id, name: operation.name.value, type: operation.operation, body };
    });
  return { format: "apollo-persisted-query-manifest", version: 1, operations };
}

const isFragment = ({ kind }) => kind === Kind.FRAGMENT_DEFINITION;

/** Returns the fragments that a definition spreads, and those that they spread, each once. */
function fragmentsOf(definition, fragments, found = new Set()) {
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (found.has(fragment)) return;
      found.add(fragment);
      fragmentsOf(fragment, fragments, found);
    },
  });
  return [...found];
}
