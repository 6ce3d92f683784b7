import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import * as ast from "typescript/unstable/ast";
import { createVirtualFileSystem } from "typescript/unstable/fs";
import { API } from "typescript/unstable/sync";

/** A module of ours as the compiler reads it, for tests that hold rules against it. */
export interface SourceModule {
  /** Below src, such as "features/jobs/job-state.ts". */
  readonly path: string;
  readonly lines: readonly string[];
  readonly imports: readonly Import[];
  /** Everything with a body: functions, methods, accessors, constructors, arrow functions. */
  readonly functions: readonly FunctionSize[];
  /** The lines of the nodes that fit. */
  linesOf(fits: (node: ast.Node) => boolean): number[];
  /** The lines at which a pattern (with the flag g) begins, which may run over several lines. */
  linesMatching(pattern: RegExp): number[];
}

interface Import {
  readonly line: number;
  /** A path below src for a module of ours, else the name of a package. */
  readonly target: string;
  readonly isOurs: boolean;
  /** Erased by the compiler, so that nothing is loaded. */
  readonly isTypeOnly: boolean;
  /** `export ... from`. */
  readonly isReexport: boolean;
}

interface FunctionSize {
  readonly name: string;
  readonly line: number;
  readonly lineCount: number;
}

/** All modules of src but the generated ones. */
export const readSources = () => readModules("src", (path) => path.endsWith(".ts") && !path.startsWith("generated/"));

/** All modules of the console's page but the generated one. */
export const readConsoleSources = () =>
  readModules("console/src", (path) => /\.tsx?$/.test(path) && path !== "api/graphql.ts");

function readModules(folder: string, fits: (path: string) => boolean): SourceModule[] {
  const root = fileURLToPath(new URL(`../../../${folder}`, import.meta.url));
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter(fits);
  return parseSources(Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(root, path), "utf8")])));
}

/** Modules from their texts by path below src. The compiler only parses them: it resolves and checks nothing. */
export function parseSources(texts: Readonly<Record<string, string>>): SourceModule[] {
  const files = Object.entries(texts).map(([path, text]) => [`/src/${path}`, text] as const);
  const config = JSON.stringify({ compilerOptions: { noLib: true, noResolve: true, types: [] }, include: ["src"] });
  const fs = createVirtualFileSystem({ ...Object.fromEntries(files), "/tsconfig.json": config });
  const api = new API({ cwd: "/", fs });
  try {
    const project = api.updateSnapshot({ openProjects: ["/tsconfig.json"] }).getProject("/tsconfig.json");
    return files.map(([file]) => {
      const source = project?.program.getSourceFile(file);
      if (!source) throw new Error(`The compiler has not read ${file}.`);
      return describeModule(file.slice("/src/".length), source);
    });
  } finally {
    api.close();
  }
}

function describeModule(path: string, source: ast.SourceFile): SourceModule {
  const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  const nodes = [...descendants(source)];
  const at = (node: ast.Node) => lineAt(node.getStart(source));
  return {
    path,
    lines: source.text.trimEnd().split("\n"),
    imports: nodes.flatMap((node) => {
      const found = importOf(node);
      return found ? [{ ...found, ...resolve(path, found.specifier), line: at(node) }] : [];
    }),
    functions: nodes.flatMap((node) => {
      if (!ast.isFunctionLikeDeclaration(node) || !node.body) return [];
      // From the name on: what decorators say about a method is not in it.
      const start = "name" in node && node.name ? at(node.name) : at(node);
      const name = "name" in node && node.name ? node.name.getText(source) : "a function without a name";
      return [{ name, line: start, lineCount: lineAt(node.getEnd()) - start + 1 }];
    }),
    linesOf: (fits) => nodes.filter(fits).map(at),
    linesMatching: (pattern) => [...source.text.matchAll(pattern)].map((match) => lineAt(match.index)),
  };
}

export function* descendants(node: ast.Node): Generator<ast.Node> {
  const children: ast.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) {
    yield child;
    yield* descendants(child);
  }
}

/** What a node imports. A clause without `type` in front of it is loaded, even if each of its names is a type. */
function importOf(node: ast.Node): { specifier: string; isTypeOnly: boolean; isReexport: boolean } | undefined {
  if (ast.isImportDeclaration(node)) {
    const isTypeOnly = node.importClause?.phaseModifier === ast.SyntaxKind.TypeKeyword;
    return { specifier: textOf(node.moduleSpecifier), isTypeOnly, isReexport: false };
  }
  if (ast.isExportDeclaration(node) && node.moduleSpecifier)
    return { specifier: textOf(node.moduleSpecifier), isTypeOnly: node.isTypeOnly, isReexport: true };
  if (ast.isImportTypeNode(node) && ast.isLiteralTypeNode(node.argument))
    return { specifier: textOf(node.argument.literal), isTypeOnly: true, isReexport: false };
  if (ast.isCallExpression(node) && node.expression.kind === ast.SyntaxKind.ImportKeyword)
    return { specifier: textOf(node.arguments[0]), isTypeOnly: false, isReexport: false };
  return undefined;
}

function textOf(node: ast.Node | undefined): string {
  return node && ast.isStringLiteralLikeNode(node) ? node.text : "";
}

function resolve(from: string, specifier: string): Pick<Import, "target" | "isOurs"> {
  if (!specifier.startsWith(".")) return { target: specifier, isOurs: false };
  return { target: posix.join(posix.dirname(from), specifier).replace(/\.js$/, ".ts"), isOurs: true };
}
