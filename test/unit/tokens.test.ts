import { setImmediate as nextTurn } from "node:timers/promises";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import type { TokenPiece } from "../../src/upstream/token-worker.js";
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
  it("agrees with the tokenizer on ordinary text, however long", async () => {
    const paragraph =
      'It wasn\'t 12,345 "things";\n\n\tbut naïve  café-goers said: 好きです 😿 (https://example.com/a?b=c).\r\n';
    expect(await countTextTokens("")).toBe(0);
    expect(await countTextTokens("Hello, world!")).toBe(4);
    const long = paragraph.repeat(200);
    expect(await countTextTokens(long)).toBe(encode(long).length);
  });

  it("counts the start of a very long text, and takes the rest for the same", async () => {
    const words = "The quick brown fox jumps over the lazy dog. ".repeat(100_000);
    const start = performance.now();
    const tokens = await countTextTokens(words);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(tokens / 1_000_000).toBeCloseTo(1, 2);
  });

  it("takes special tokens for ordinary text", async () => {
    expect(await countTextTokens("<|endoftext|>")).toBe(7);
    expect(await countTextTokens("<|im_start|>system<|im_end|>")).toBeGreaterThan(5);
  });

  it("takes halves of surrogate pairs", async () => {
    expect(await countTextTokens("\ud83d")).toBeGreaterThan(0);
    expect(await countTextTokens("😿".repeat(1_000))).toBe(encode("😿".repeat(1_000)).length);
  });

  it("stays close to the tokenizer on a text without any break", async () => {
    const text = letters(5_000, 7);
    const exact = encode(text).length;
    expect(Math.abs((await countTextTokens(text)) - exact)).toBeLessThan(exact / 100);
  });

  it("takes time in proportion to the length of a text without any break", async () => {
    await countTextTokens(letters(50_000, 1));
    const timeOf = async (text: string) => {
      const start = performance.now();
      await countTextTokens(text);
      return performance.now() - start;
    };
    const small = Math.max(await timeOf(letters(100_000, 2)), await timeOf(letters(100_000, 3)));
    // Ten times the length would take a hundred times the time if time grew by the square.
    expect((await timeOf(letters(1_000_000, 4))) / small).toBeLessThan(40);
  });

  it.each(["a", " ", "\n", "!", "1", "好", "<|endoftext|>"])("comes to an end on a megabyte of %j", async (unit) => {
    expect(await countTextTokens(unit.repeat(1_000_000 / unit.length))).toBeGreaterThan(1_000);
  });
});

describe("counting a long text", () => {
  /** Random Chinese takes the tokenizer longest. */
  const chinese = (length: number) =>
    String.fromCodePoint(...Array.from({ length }, (_, at) => 0x4e00 + ((at * 7919 + at ** 2) % 20_000)));
  const long = chinese(50_000).repeat(6);

  it("lets everybody else have their turns", async () => {
    let turns = 0;
    let isOver = false;
    const counted = countTextTokens(long).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await nextTurn();
      turns += 1;
    }
    expect(turns).toBeGreaterThan(100);
    expect(await counted).toBeGreaterThan(long.length / 2);
  });

  it("counts messages together, and in proportion if they are too many", async () => {
    const messages = Array.from({ length: 40 }, () => ({
      role: "user" as const,
      content: "one two three four ".repeat(2_000),
    }));
    const [first, all] = await Promise.all([countPromptTokens(messages.slice(0, 1)), countPromptTokens(messages)]);
    expect(all / first).toBeCloseTo(40, 0);
  });

  it("is an estimate from its start while many others wait", async () => {
    const text = "The quick brown fox jumps over the lazy dog. ".repeat(11_000);
    const all = await Promise.all(Array.from({ length: 30 }, () => countTextTokens(text)));
    for (const tokens of all) expect(tokens / (all[0] ?? 0)).toBeCloseTo(1, 2);
  });
});

describe("counting the tokens of a prompt", () => {
  it("follows the recipe of OpenAI's cookbook", async () => {
    const role = 1;
    const perMessage = 3;
    const primer = 3;
    expect(await countPromptTokens([{ role: "user", content: "Hello, world!" }])).toBe(perMessage + role + 4 + primer);
    expect(await countPromptTokens([{ role: "user", name: "ann", content: "Hello, world!" }])).toBe(
      perMessage + role + 4 + 1 + (await countTextTokens("ann")) + primer,
    );
    expect(await countPromptTokens([])).toBe(primer);
  });

  it("counts parts: text as text, an image as its least, a file as nothing", async () => {
    const text = { type: "text", text: "Hello, world!" };
    const base = await countPromptTokens([{ role: "user", content: [text] }]);
    expect(base).toBe(await countPromptTokens([{ role: "user", content: "Hello, world!" }]));
    const image = { type: "image_url", image_url: { url: `data:image/png;base64,${"A".repeat(10_000)}` } };
    expect(await countPromptTokens([{ role: "user", content: [text, image] }])).toBe(base + 85);
    expect(await countPromptTokens([{ role: "user", content: [text, { type: "file", file: {} }] }])).toBe(base);
  });

  it("counts tool calls by their names and arguments", async () => {
    const call = { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Bern"}' } };
    const bare = await countPromptTokens([{ role: "assistant", content: null }]);
    expect(await countPromptTokens([{ role: "assistant", content: null, tool_calls: [call] }])).toBeGreaterThan(
      bare + 5,
    );
  });
});

async function piecesOf(text: string): Promise<TokenPiece[]> {
  const pieces = [];
  for await (const piece of tokenPieces(text)) pieces.push(piece);
  return pieces;
}

describe("the pieces of a text", () => {
  it("are its tokens, and joined they are the text", async () => {
    const text = "Delivery can take a few minutes, naïve 😿 <|endoftext|> 好きです.";
    const pieces = await piecesOf(text);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(await countTextTokens(text));
    expect(await piecesOf("😿")).toEqual([{ text: "😿", tokens: 2 }]);
  });
});
