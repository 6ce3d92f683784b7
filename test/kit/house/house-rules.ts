import * as ast from "typescript/unstable/ast";
import { descendants, type SourceModule } from "./source-tree.js";

/** What a rule has against the modules: a line each, "src/<path>:<line> <what is wrong>". */
export type Rule = (modules: readonly SourceModule[]) => string[];

export const FILE_LINES_MAX = 250;
export const FUNCTION_LINES_MAX = 70;
/** Markup takes a line for each attribute. */
export const COMPONENT_LINES_MAX = 95;

/** Kebab-case: `<noun>.<role>.ts` with a role from this closed list, otherwise a bare noun or verb-noun. */
const FILE_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.(type|input|resolver|routes|service|loader|sql|task|shapes))?\.ts$/;
const EMPTY_WORD = /^(utils?|helpers?|commons?|types|misc|managers?|index)$/;

const LEDGER = new Set([
  "features/credits/ledger.ts",
  "features/credits/ledger.sql.ts",
  "features/credits/ledger-moves.sql.ts",
  "features/credits/grants/grant-moves.sql.ts",
]);
const LEDGER_WRITES = [
  /\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|MERGE\s+INTO|COPY|ALTER\s+TABLE)\s+(TABLE\s+)?(ONLY\s+)?("?public"?\.)?"?credit_(entries|balances|grants)\b/gi,
  /\.(creditEntry|creditBalance|creditGrant)\s*\.\s*(?!find|count\b|aggregate\b|groupBy\b)\w+/g,
  // Through the other side of a relation.
  /\b(balances?|creditEntries|lastEntry)\s*:\s*\{\s*(create|connect|disconnect|update|upsert|delete|set)/g,
];

const sizesUpTo =
  (functionLinesMax: number): Rule =>
  (modules) =>
    modules.flatMap(({ path, lines, functions }) => [
      ...(lines.length > FILE_LINES_MAX ? [`src/${path}:${FILE_LINES_MAX + 1} is one of ${lines.length} lines`] : []),
      ...functions
        .filter(({ lineCount }) => lineCount > functionLinesMax)
        .map(({ name, line, lineCount }) => `src/${path}:${line} ${name} has ${lineCount} lines`),
    ]);

export const sizes = sizesUpTo(FUNCTION_LINES_MAX);
export const sizesOfComponents = sizesUpTo(COMPONENT_LINES_MAX);

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
  LEDGER.has(module.path)
    ? []
    : LEDGER_WRITES.flatMap(module.linesMatching).map((line) => [line, "writes credits"] as const),
);

/** Parameters of a function that runs inside a transaction: `tx`, `transaction`, or `{ tx, sql }` taken apart. */
const TRANSACTION = /^(tx|transaction)$|^\{[^}]*\b(tx|sql)\b[^}]*\}$/;

export const noOuterClientInTransactions: Rule = eachModule((module) =>
  module
    .linesOf((node) => {
      if (!ast.isFunctionLikeDeclaration(node) || !node.body) return false;
      const isInside = node.parameters.some(
        (parameter) =>
          TRANSACTION.test(parameter.name?.getText() ?? "") &&
          // Elsewhere `{ sql }` may be what a whole object holds.
          (parameter.type === undefined || /^(Transaction|Tx)$/.test(parameter.type.getText())),
      );
      return isInside && [...descendants(node.body)].some(isOuterClient);
    })
    .map((line) => [line, "reaches the database outside its transaction"]),
);

/** `db`, or the `sql` of something that is not the transaction, such as `this.sql`. */
function isOuterClient(node: ast.Node): boolean {
  if (ast.isPropertyAccessExpression(node) && node.name.text === "sql")
    return !/^(transaction)$/.test(node.expression.getText());
  return ast.isIdentifier(node) && node.text === "db";
}

const RAW_SQL = /\$(queryRaw|executeRaw)(Unsafe)?\b/g;

export const sqlRunsInOnePlace: Rule = eachModule((module) =>
  module.path.startsWith("db/") ? [] : module.linesMatching(RAW_SQL).map((line) => [line, "runs SQL"] as const),
);

/** The beginnings of statements, in the texts of string and template literals. */
const SQL_TEXT = /^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\s/;

export const sqlStandsInSqlFiles: Rule = eachModule((module) => {
  if (module.path.startsWith("db/") || module.path.endsWith(".sql.ts")) return [];
  const isSql = (node: ast.Node) =>
    (ast.isStringLiteralLikeNode(node) || ast.isTemplateHead(node)) && SQL_TEXT.test(node.text);
  return module.linesOf((node) => isSql(node) || isMadeIntoSql(node)).map((line) => [line, "contains SQL"] as const);
});

/** A call of `statement`, or a template that Prisma makes SQL of. */
function isMadeIntoSql(node: ast.Node): boolean {
  if (ast.isCallExpression(node)) return node.expression.getText() === "statement";
  return ast.isTaggedTemplateExpression(node) && /\.sql$/.test(node.tag.getText());
}

/** The tools that know the layers and the circles do not see `import("./a.js").A`. */
export const importsStandAtTheTop: Rule = eachModule((module) =>
  module
    .linesOf((node) => ast.isImportTypeNode(node) && /^["']\./.test(node.argument.getText()))
    .map((line) => [line, "imports a type in the middle"]),
);

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
