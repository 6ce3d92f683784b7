import { pathToFileURL } from "node:url";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { expect, it } from "vitest";
import { buildGateway } from "../kit/gateway/gateway-process.js";
import { runProgram } from "../kit/gateway/run-program.js";

const TEXT = "The quick brown fox jumps over the lazy dog. ";

it.each([
  ["built", "dist/upstream/tokens.js", []],
  ["run from its sources", "src/upstream/tokens.ts", ["--import", "tsx"]],
])(
  "a long text is counted in the worker of a gateway that is %s, which keeps no process alive",
  { timeout: 60_000 },
  async (_, file, options) => {
    buildGateway();
    // Text whose start has other proportions than the whole, so that an estimate would be far off.
    const program = `
    const { countTextTokens } = await import(${JSON.stringify(pathToFileURL(file).href)});
    console.log(await countTextTokens("!".repeat(5_000) + ${JSON.stringify(TEXT)}.repeat(2_000)));`;
    const ran = await runProgram([process.execPath, ...options, "--input-type=module", "-e", program]);
    expect(ran.stderr).toBe("");
    expect(ran.code).toBe(0);
    const exact = encode("!".repeat(5_000) + TEXT.repeat(2_000)).length;
    expect(Number(ran.stdout) / exact).toBeCloseTo(1, 2);
  },
);
