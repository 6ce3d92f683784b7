import { readdirSync, readFileSync } from "node:fs";

/** A fenced block of a document. */
export interface Snippet {
  readonly file: string;
  /** The line of its first line of code, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** The documents whose snippets a reader copies: the README and what stands in docs/ itself. */
export function documents(): string[] {
  const inDocs = readdirSync("docs").filter((name) => name.endsWith(".md"));
  return ["README.md", ...inDocs.map((name) => `docs/${name}`)];
}

/** The fenced blocks of a text, in their order. Throws if one has no end or no language. */
export function snippetsIn(text: string, file: string): Snippet[] {
  const snippets: Snippet[] = [];
  let open: { readonly line: number; readonly language: string; readonly lines: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const fence = /^\s*```(.*)$/.exec(line);
    if (!fence) open?.lines.push(line);
    else if (open) {
      snippets.push({ file, line: open.line, language: open.language, text: open.lines.join("\n") });
      open = undefined;
    } else {
      if (!fence[1]) throw new Error(`${file}:${index + 1} begins a block without a language.`);
      open = { line: index + 2, language: fence[1], lines: [] };
    }
  }
  if (open) throw new Error(`${file}:${open.line} begins a block that does not end.`);
  return snippets;
}

export const snippetsOf = (file: string): Snippet[] => snippetsIn(readFileSync(file, "utf8"), file);

/** What is written around the blocks. */
export function proseOf(file: string): string {
  return readFileSync(file, "utf8").replaceAll(/^\s*```[\s\S]*?^\s*```$/gm, "");
}

/** The lines that Markdown shows as code because they are indented: no test would run them. */
export function indentedCode(file: string): string[] {
  return proseOf(file).match(/(?<=\n\n) {4,}(?![-*\d]).*/g) ?? [];
}

/** The files that a document links to, as paths from the top of the project. */
export function linkedFiles(file: string): string[] {
  const links = [...proseOf(file).matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)];
  return links.map(([, path = ""]) => new URL(path, `file:///${file}`).pathname.slice(1));
}
