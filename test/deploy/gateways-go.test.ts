import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type BehindNginx, startBehindNginx } from "../kit/deploy/behind-nginx.js";
import { askOnce, CallLoad } from "../kit/deploy/call-load.js";
import { startDockerStandIn } from "../kit/deploy/docker-stand-in.js";
import { hasNginx } from "../kit/deploy/nginx.js";
import { canReplicate } from "../kit/gateway/replicas.js";
import { runProgram } from "../kit/gateway/run-program.js";
import { held } from "../kit/upstream/upstream-behaviours.js";
import { name, type TestTeam } from "../kit/world.js";

const ANSWERS_BETWEEN = 100;

describe.runIf(hasNginx() && canReplicate())("behind nginx, while gateways go and come", { timeout: 120_000 }, () => {
  let behind: BehindNginx;
  beforeAll(async () => {
    behind = await startBehindNginx();
  });
  afterAll(() => behind?.stop());
  // nginx leaves a gateway alone for 2 seconds after it was gone.
  beforeEach(() => expect.poll(usedGateways, { timeout: 10_000 }).toBe(2));

  /** How many gateways answer some requests that come one after the other. */
  async function usedGateways(): Promise<number> {
    const known = behind.nginx.requests().length;
    for (let count = 0; count < 4; count++) await fetch(`${behind.nginx.url}/health/live`);
    return new Set(
      behind.nginx
        .requests()
        .slice(known)
        .map(({ gateway }) => gateway),
    ).size;
  }

  /** A team whose model nobody else asks, and clients of it that ask all the time. */
  async function startLoad(): Promise<{ load: CallLoad; team: TestTeam; model: string }> {
    const model = name("model");
    const team = await behind.world.team({ models: [model], credits: 1_000_000 });
    const load = new CallLoad(behind.nginx, team);
    load.start();
    onTestFinished(() => load.stop());
    return { load, team, model };
  }

  /** How often a model was asked each question. */
  function asked(model: string): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { body } of behind.upstream.requests) {
      const question = body.messages[0].content;
      if (body.model === model) counts.set(question, (counts.get(question) ?? 0) + 1);
    }
    return counts;
  }

  function expectEachAskedOnce(load: CallLoad, model: string): void {
    expect(load.failures).toEqual([]);
    const counts = asked(model);
    expect(counts.size).toBe(load.answers);
    expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
  }

  it("one that is stopped under load loses no request and pays for none twice: it answers, or says to try again", async () => {
    const { load, model } = await startLoad();
    await load.answered(ANSWERS_BETWEEN);
    behind.gateways[0].signal("SIGTERM");
    expect(await behind.gateways[0].ended).toBe(0);
    await load.answered(ANSWERS_BETWEEN);
    await behind.restart(0);
    await load.answered(ANSWERS_BETWEEN);
    await load.stop();
    expectEachAskedOnce(load, model);
  });

  it("one that is killed with a call: the call is not sent to the other one, and its client is told", async () => {
    const [model, first, second] = [name("model"), held(), held()];
    behind.upstream.on(model, first, second);
    const team = await behind.world.team({ models: [model] });
    // Each gateway gets one, because nginx prefers the one with fewer requests.
    const answers = [askOnce(behind.nginx, team, "first")];
    await first.arrived;
    answers.push(askOnce(behind.nginx, team, "second"));
    await second.arrived;
    await behind.gateways[0].kill();
    for (const answer of [first, second]) answer.release();

    const replies = (await Promise.all(answers)).sort((one, other) => one.status - other.status);
    expect(replies.map(({ status }) => status)).toEqual([200, 503]);
    const [{ runLlmCall }, [error]] = [
      JSON.parse(replies[0]?.text ?? "").data,
      JSON.parse(replies[1]?.text ?? "").errors,
    ];
    expect(runLlmCall).toMatchObject({ status: "SUCCEEDED" });
    expect(error).toMatchObject({ extensions: { code: "UNAVAILABLE", status: 503, retryable: true } });
    expect(asked(model)).toEqual(
      new Map([
        ["first", 1],
        ["second", 1],
      ]),
    );
    await behind.restart(0);
  });

  it("deploy/upgrade.sh replaces both under load, and no client is told to try again", async () => {
    const { load, model } = await startLoad();
    const docker = await startDockerStandIn(behind);
    onTestFinished(docker.close);
    const list = () => readFileSync(join(behind.nginx.folder, "deploy/nginx/gateways.conf"), "utf8");
    const [before, old] = [list(), [...behind.gateways]];
    await load.answered(ANSWERS_BETWEEN);
    const upgrade = await runProgram(["sh", join(behind.nginx.folder, "deploy/upgrade.sh")], { PATH: docker.path });
    expect(upgrade, upgrade.stderr).toMatchObject({ code: 0 });
    await load.answered(ANSWERS_BETWEEN);
    await load.stop();
    expectEachAskedOnce(load, model);
    expect(load.refusals).toBe(0);
    expect(await Promise.all(old.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(list()).toBe(before);
    expect(docker.commands.filter((command) => !command.endsWith("-s reload"))).toEqual([
      "compose build gateway-1 gateway-2",
      "compose run --rm migrate",
      "compose up --detach --no-deps --wait gateway-1",
      "compose up --detach --no-deps --wait gateway-2",
    ]);
  });
});
