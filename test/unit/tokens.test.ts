import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { countPromptTokens, countTextTokens, tokenPieces } from "../../src/upstream/tokens.js";

/** Text that no cache has seen: the same for the same seed. */
function letters(length: number, seed: number): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return String.fromCharCode(97 + ((state >> 16) % 26));
  }).join("");
}

describe("counting the tokens of a text", () => {
  it("agrees with the tokenizer on ordinary text, however long", () => {
    const paragraph =
      'It wasn\'t 12,345 "things";\n\n\tbut naïve  café-goers said: 好きです 😿 (https://example.com/a?b=c).\r\n';
    expect(countTextTokens("")).toBe(0);
    expect(countTextTokens("Hello, world!")).toBe(4);
    const long = paragraph.repeat(200);
    expect(countTextTokens(long)).toBe(encode(long).length);
  });

  it("counts the start of a very long text, and takes the rest for the same", () => {
    const words = "The quick brown fox jumps over the lazy dog. ".repeat(100_000);
    const start = performance.now();
    const tokens = countTextTokens(words);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(tokens / 1_000_000).toBeCloseTo(1, 2);
  });

  it("takes special tokens for ordinary text", () => {
    expect(countTextTokens("<|endoftext|>")).toBe(7);
    expect(countTextTokens("<|im_start|>system<|im_end|>")).toBeGreaterThan(5);
  });

  it("takes halves of surrogate pairs", () => {
    expect(countTextTokens("\ud83d")).toBeGreaterThan(0);
    expect(countTextTokens("😿".repeat(1_000))).toBe(encode("😿".repeat(1_000)).length);
  });

  it("stays close to the tokenizer on a text without any break", () => {
    const text = letters(5_000, 7);
    const exact = encode(text).length;
    expect(Math.abs(countTextTokens(text) - exact)).toBeLessThan(exact / 100);
  });

  it("takes time in proportion to the length of a text without any break", () => {
    countTextTokens(letters(50_000, 1));
    const timeOf = (text: string) => {
      const start = performance.now();
      countTextTokens(text);
      return performance.now() - start;
    };
    const small = Math.max(timeOf(letters(100_000, 2)), timeOf(letters(100_000, 3)));
    // Ten times the length would take a hundred times the time if time grew by the square.
    expect(timeOf(letters(1_000_000, 4)) / small).toBeLessThan(40);
  });

  it.each(["a", " ", "\n", "!", "1", "好", "<|endoftext|>"])("comes to an end on a megabyte of %j", (unit) => {
    expect(countTextTokens(unit.repeat(1_000_000 / unit.length))).toBeGreaterThan(1_000);
  });
});

describe("counting the tokens of a prompt", () => {
  it("follows the recipe of OpenAI's cookbook", () => {
    const role = 1;
    const perMessage = 3;
    const primer = 3;
    expect(countPromptTokens([{ role: "user", content: "Hello, world!" }])).toBe(perMessage + role + 4 + primer);
    expect(countPromptTokens([{ role: "user", name: "ann", content: "Hello, world!" }])).toBe(
      perMessage + role + 4 + 1 + countTextTokens("ann") + primer,
    );
    expect(countPromptTokens([])).toBe(primer);
  });

  it("counts parts: text as text, an image as its least, a file as nothing", () => {
    const text = { type: "text", text: "Hello, world!" };
    const base = countPromptTokens([{ role: "user", content: [text] }]);
    expect(base).toBe(countPromptTokens([{ role: "user", content: "Hello, world!" }]));
    const image = { type: "image_url", image_url: { url: `data:image/png;base64,${"A".repeat(10_000)}` } };
    expect(countPromptTokens([{ role: "user", content: [text, image] }])).toBe(base + 85);
    expect(countPromptTokens([{ role: "user", content: [text, { type: "file", file: {} }] }])).toBe(base);
  });

  it("counts tool calls by their names and arguments", () => {
    const call = { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Bern"}' } };
    const bare = countPromptTokens([{ role: "assistant", content: null }]);
    expect(countPromptTokens([{ role: "assistant", content: null, tool_calls: [call] }])).toBeGreaterThan(bare + 5);
  });
});

describe("the pieces of a text", () => {
  it("are its tokens, and joined they are the text", () => {
    const text = "Delivery can take a few minutes, naïve 😿 <|endoftext|> 好きです.";
    const pieces = tokenPieces(text);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(countTextTokens(text));
    expect(tokenPieces("😿")).toEqual([{ text: "😿", tokens: 2 }]);
  });
});
