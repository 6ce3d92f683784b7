import * as ast from "typescript/unstable/ast";
import { descendants, type Import, type SourceModule } from "./source-tree.js";

/** What a rule has against the modules: a line each, "src/<path>:<line> <what is wrong>". */
export type Rule = (modules: readonly SourceModule[]) => string[];

export const FILE_LINES_MAX = 250;
export const FUNCTION_LINES_MAX = 70;

/** What each layer may import beside itself: names of layers, or of modules in src itself. Of the App often its type only. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  main: ["server", "start-up-text", "app", "config", "lib"],
  demo: ["server", "app", "config", "lib"],
  server: ["type app", "doors", "ops", "edge", "config", "lib"],
  "start-up-text": ["type app"],
  app: ["features", "db", "upstream", "streams", "config", "lib"],
  doors: ["type app", "features", "edge", "auth", "config", "lib"],
  ops: ["type app", "features", "edge", "auth", "config", "lib"],
  features: ["edge", "db", "upstream", "streams", "auth", "config", "lib", "generated"],
  edge: ["type app", "db", "auth", "config", "lib"],
  db: ["config", "lib", "generated"],
  upstream: ["config", "lib"],
  streams: ["config", "lib"],
  auth: ["lib"],
  config: ["lib"],
  lib: [],
};

/** Each may import only those before it. */
const FEATURES = ["organizations", "keys", "models", "credits", "teams", "jobs", "calls", "usage"];

/** Kebab-case: `<noun>.<role>.ts` with a role from this closed list, else a bare noun or verb-noun. */
const FILE_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.(type|input|resolver|routes|service|loader))?\.ts$/;
const EMPTY_WORD = /^(utils?|helpers?|commons?|types|misc|managers?|index)$/;

const LEDGER = "features/credits/ledger.ts";
const LEDGER_WRITES = [
  /\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|MERGE\s+INTO|COPY|ALTER\s+TABLE)\s+(TABLE\s+)?(ONLY\s+)?("?public"?\.)?"?credit_(entries|balances)\b/gi,
  /\.(creditEntry|creditBalance)\s*\.\s*(?!find|count\b|aggregate\b|groupBy\b)\w+/g,
  // Through the other side of a relation.
  /\b(balances?|creditEntries|lastEntry)\s*:\s*\{\s*(create|connect|disconnect|update|upsert|delete|set)/g,
];

export const noCycles: Rule = (modules) => {
  const loads = new Map(
    modules.map(({ path, imports }) => [path, imports.filter((one) => one.isOurs && !one.isTypeOnly)]),
  );
  const reachable = (from: string, seen = new Set([from])): Set<string> => {
    for (const { target } of loads.get(from) ?? []) if (!seen.has(target)) reachable(target, seen.add(target));
    return seen;
  };
  return eachImport(({ path }, { target, isTypeOnly }) =>
    !isTypeOnly && reachable(target).has(path) ? `loads ${target}, which loads it` : undefined,
  )(modules);
};

export const everyImportExists: Rule = (modules) => {
  const paths = new Set(modules.map(({ path }) => path));
  return eachImport((_, { target }) =>
    paths.has(target) || layerOf(target) === "generated" ? undefined : `imports ${target}, which does not exist`,
  )(modules);
};

export const layersInOrder: Rule = (modules) => [
  ...modules.filter(({ path }) => !LAYERS[layerOf(path)]).map(({ path }) => `src/${path}:1 is in no layer`),
  ...eachImport(({ path }, { target, isTypeOnly }) => {
    const [from, to] = [layerOf(path), layerOf(target)];
    const allowed = LAYERS[from] ?? [];
    const isAllowed = from === to || allowed.includes(to) || (isTypeOnly && allowed.includes(`type ${to}`));
    return isAllowed ? undefined : `imports ${isTypeOnly ? "a type of " : ""}${target}, which ${from} may not`;
  })(modules),
];

export const featuresInOrder: Rule = eachImport(({ path }, { target }) => {
  const [from, to] = [featureOf(path), featureOf(target)];
  if (from === undefined || to === undefined || from === to) return undefined;
  const isBefore = FEATURES.includes(to) && FEATURES.indexOf(to) < FEATURES.indexOf(from);
  return isBefore ? undefined : `imports ${target}, but ${to} does not come before ${from}`;
});

export const doorsWithoutDatabase: Rule = eachImport(({ path }, { target }) => {
  const isDoor = /\.(resolver|routes)\.ts$/.test(path) || layerOf(path) === "doors";
  const isData = layerOf(target) === "db" || target.startsWith("generated/prisma/client");
  return isDoor && isData ? `imports ${target}` : undefined;
});

export const servicesWithoutRequests: Rule = eachImport(({ path }, { target }) =>
  path.endsWith(".service.ts") && target === "edge/context.ts" ? `imports ${target}` : undefined,
);

export const sizes: Rule = (modules) =>
  modules.flatMap(({ path, lines, functions }) => [
    ...(lines.length > FILE_LINES_MAX ? [`src/${path}:${FILE_LINES_MAX + 1} is one of ${lines.length} lines`] : []),
    ...functions
      .filter(({ lineCount }) => lineCount > FUNCTION_LINES_MAX)
      .map(({ name, line, lineCount }) => `src/${path}:${line} ${name} has ${lineCount} lines`),
  ]);

export const oneReaderOfTheEnvironment: Rule = eachModule((module) => {
  if (module.path === "config/env.ts") return [];
  const imports = module.imports.filter(({ target }) => /^(node:)?process$/.test(target)).map(({ line }) => line);
  return [...module.linesOf(isEnvironment), ...imports].map((line) => [line, "reaches the environment"]);
});

/** `process` other than before the dot of something that is not `env`. */
function isEnvironment(node: ast.Node): boolean {
  if (!ast.isIdentifier(node) || node.text !== "process") return false;
  if (!ast.isPropertyAccessExpression(node.parent)) return true;
  return node.parent.expression === node && node.parent.name.text === "env";
}

export const oneWriterOfTheLedger: Rule = eachModule((module) =>
  module.path === LEDGER
    ? []
    : LEDGER_WRITES.flatMap(module.linesMatching).map((line) => [line, "writes credits"] as const),
);

export const noOuterClientInTransactions: Rule = eachModule((module) =>
  module
    .linesOf((node) => {
      if (!ast.isFunctionLikeDeclaration(node) || !node.body) return false;
      const hasTx = node.parameters.some(({ name }) => name && ast.isIdentifier(name) && name.text === "tx");
      return hasTx && [...descendants(node.body)].some((inner) => ast.isIdentifier(inner) && inner.text === "db");
    })
    .map((line) => [line, "has db in the scope of tx"]),
);

export const noDefaultExports: Rule = eachModule((module) => {
  const isDefault = (node: ast.Node) =>
    ast.isExportAssignment(node) ||
    (node.kind === ast.SyntaxKind.DefaultKeyword &&
      ast.isModifier(node) &&
      node.parent.kind !== ast.SyntaxKind.CaseBlock) ||
    (ast.isExportSpecifier(node) && node.name.text === "default");
  return module.linesOf(isDefault).map((line) => [line, "exports by default"]);
});

export const noBarrels: Rule = eachImport((_, { target, isReexport }) =>
  isReexport ? `passes on ${target}` : undefined,
);

export const noAny: Rule = eachModule((module) =>
  module.linesOf((node) => node.kind === ast.SyntaxKind.AnyKeyword).map((line) => [line, "says any"]),
);

export const noConsole: Rule = eachModule((module) => {
  if (layerOf(module.path) === "demo") return [];
  const isConsole = (node: ast.Node) => ast.isIdentifier(node) && node.text === "console";
  return module.linesOf(isConsole).map((line) => [line, "writes to the console"]);
});

export const nothingLeftToDo: Rule = eachModule((module) =>
  module.linesMatching(/\b(TODO|FIXME|XXX|HACK)\b/gi).map((line) => [line, "has a note of something left to do"]),
);

export const namesSaySomething: Rule = eachModule(({ path }) => {
  const [file = "", ...folders] = path.split("/").reverse();
  const words = [...folders, file.split(".")[0] ?? ""].flatMap((name) => name.split("-"));
  if (!FILE_NAME.test(file) || folders.some((folder) => !/^[a-z]+(-[a-z]+)*$/.test(folder)))
    return [[1, "is not named <noun>.<role>.ts, with a known role, or <kebab-case-noun>.ts"]];
  return words.filter((word) => EMPTY_WORD.test(word)).map((word) => [1, `has a name that says nothing: ${word}`]);
});

function eachModule(judge: (module: SourceModule) => readonly (readonly [line: number, offence: string])[]): Rule {
  return (modules) =>
    modules.flatMap((module) => judge(module).map(([line, offence]) => `src/${module.path}:${line} ${offence}`));
}

/** For rules about what modules of ours import from each other. */
function eachImport(judge: (module: SourceModule, imported: Import) => string | undefined): Rule {
  return eachModule((module) =>
    module.imports.flatMap((imported) => {
      const offence = imported.isOurs ? judge(module, imported) : undefined;
      return offence === undefined ? [] : [[imported.line, offence] as const];
    }),
  );
}

/** The folder in src, or the name of a module in src itself. */
function layerOf(path: string): string {
  return path.split("/")[0]?.replace(/\.ts$/, "") ?? "";
}

function featureOf(path: string): string | undefined {
  return /^features\/([^/]+)\//.exec(path)?.[1];
}
