import { describe, expect, it } from "vitest";
import { hasPostgres } from "../kit/database/database.js";
import { useTwoGateways } from "../kit/gateway/gateway.js";
import { runTasks } from "../kit/gateway/tasks.js";
import { limitsOf } from "../kit/limits.js";
import { RUN_LLM_CALL } from "../kit/world.js";

/** A change in one process holds in the others within a second. */
const SOON_MS = 1_000;

describe.runIf(hasPostgres())("limits over two processes without Redis", { timeout: 60_000 }, () => {
  const { one, other } = useTwoGateways();

  async function limited(limits: Record<string, unknown>) {
    const team = await one.world.team({ credits: 100 });
    const admin = limitsOf(one.admin, team);
    await admin.set(limits);
    const input = (await team.job()).callInput();
    const runOn = (client: typeof team.client) => client.send(RUN_LLM_CALL, { input });
    return { admin, here: () => runOn(team.client), there: () => runOn(other.client(team.secret)) };
  }

  it("are counted by each alone, exactly", async () => {
    const { here, there } = await limited({ requestsPerMinute: 10 });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => (index % 2 ? here() : there())));
    expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(20);
  });

  it("hold in the other process within a second after they were changed in this one", async () => {
    const { admin, there } = await limited({ requestsPerMinute: 1 });
    expect((await there()).errors).toBeUndefined();
    expect((await there()).errors).toBeDefined();
    await admin.set({ requestsPerMinute: 2 });
    await expect.poll(async () => (await there()).errors, { timeout: SOON_MS }).toBeUndefined();
    await admin.set({ requestsPerMinute: null });
    await expect.poll(async () => (await there()).errors, { timeout: SOON_MS }).toBeUndefined();
  });

  it("add up what each of them refused", async () => {
    const { admin, here, there } = await limited({ requestsPerMinute: 1 });
    for (let call = 0; call < 3; call++) await Promise.all([here(), there()]);
    await Promise.all([one, other].map(({ app }) => runTasks(app)));
    expect((await admin.read()).limits.wouldRefuse).toBe(4);
  });
});
