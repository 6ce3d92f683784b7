import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { expect } from "vitest";
import { runProgram } from "../gateway/run-program.js";
import type { Snippet } from "./snippets.js";

/** The address at which the documents have their gateway. */
const DOCUMENTED = "127.0.0.1:8003";

/** The shell ends at the first failure, and takes what it started last in the background along. */
const BEGIN = "set -eu\ntrap 'set +u; kill $! 2>/dev/null || true' EXIT";

/** An interpreter with the packages that the documents use, or undefined if this machine has none. */
export const python = [process.env.PYTHON ?? "python3", "/usr/bin/python3"].find(
  (program) => spawnSync(program, ["-c", "import websockets"]).status === 0,
);
if (!python && process.env.REQUIRE_PYTHON)
  throw new Error("REQUIRE_PYTHON is set, and no Python has the package websockets.");

/** What a gateway answers if it refuses something. */
const REFUSED = /"errors":|"error":\s*[{"]|"detail":|"FAILED"/;

/**
 * Does what a reader of a document does: pastes its blocks of shell one after the other into one shell, and runs its
 * programs there when their turn comes. Returns what was printed. Fails if a command fails or an answer is a refusal.
 */
export async function readThrough(
  snippets: readonly Snippet[],
  gatewayUrl: string,
  env: Record<string, string> = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-snippets-"));
  try {
    const { host } = new URL(gatewayUrl);
    const steps = snippets.map((snippet) => {
      const text = snippet.text.replaceAll(DOCUMENTED, host);
      return `echo '# ${snippet.file}:${snippet.line}'\n${commandFor({ ...snippet, text }, folder)}\n`;
    });
    const { code, stdout, stderr } = await runProgram(["sh", "-c", [BEGIN, ...steps].join("\n")], env);
    expect({ code, said: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, said: "" });
    expect(stdout).not.toMatch(REFUSED);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How a shell runs a block. Languages that are not programs are no step. */
function commandFor({ language, line, text }: Snippet, folder: string): string {
  const program = join(folder, String(line));
  if (language === "sh") return text;
  if (language === "ts") {
    writeFileSync(program, transformSync(text, { loader: "ts", format: "esm", target: "node20" }).code);
    // From standard input, so that its packages are looked for in this project.
    return `"${process.execPath}" --input-type=module < ${program}`;
  }
  if (language === "python" && python) {
    writeFileSync(program, text);
    return `"${python}" ${program}`;
  }
  return "";
}
