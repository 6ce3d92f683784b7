import { spawnSync } from "node:child_process";
import { describe, expect, it, vi } from "vitest";
import { openAiOf } from "../../kit/clients/openai.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { runProgram } from "../../kit/gateway/run-program.js";
import { heldStream } from "../../kit/upstream/upstream-streams.js";

const python = process.env.PYTHON ?? "python3";
const hasClient = spawnSync(python, ["-c", "import openai"]).status === 0;

const PROGRAM = `
import sys, openai
client = openai.OpenAI(base_url=sys.argv[1], api_key=sys.argv[2], max_retries=0)
chat = {"model": sys.argv[3], "messages": [{"role": "user", "content": "Hello"}], "stream": True}
for headers in ({}, {"x-tollgate-resume": "on"}):
    said = ""
    for chunk in client.chat.completions.create(**chat, extra_headers=headers):
        said += chunk.choices[0].delta.content or ""
    print(said)
`;

describe.runIf(hasClient)("OpenAI's client for Python", () => {
  const gateway = useGateway({ upstream: "scripted" });
  const { teamWith } = openAiOf(gateway);

  it("reads a stream with heartbeats, with the ids of events and without", { timeout: 60_000 }, async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const { team, model } = await teamWith();
    const streams = [heldStream(), heldStream()] as const;
    gateway.upstream.on(model, ...streams);
    const ran = runProgram([python, "-c", PROGRAM, `${gateway.url}/v1`, team.secret, team.modelGroup]);
    for (const upstream of streams) {
      await upstream.arrived;
      upstream.text("one ");
      await expect.poll(() => vi.getTimerCount()).toBeGreaterThan(0);
      vi.advanceTimersByTime(24_000);
      upstream.text("two");
      upstream.finish();
    }
    vi.useRealTimers();
    expect(await ran).toMatchObject({ code: 0, stdout: "one two\none two\n" });
  });
});
