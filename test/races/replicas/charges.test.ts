import { describe, expect, it } from "vitest";
import { expectSoundLedger } from "../../kit/database/ledger.js";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { COMPLETE_JOB, CREATE_JOB } from "../../kit/world.js";

const COMPLETIONS = 1_000;
const BALANCE = 400;
const CLIENTS = 60;

describe.runIf(canReplicate())("three processes and one balance", { timeout: 120_000 }, () => {
  const replicas = useReplicas();

  it(`${COMPLETIONS} completions at once on a balance of ${BALANCE} charge exactly ${BALANCE}`, async () => {
    const { witness, a, b, c } = replicas;
    const team = await witness.world.team({ credits: BALANCE });
    const clients = [a, b, c].map((at) => at.client(team.secret));
    const opened = await inTurns(COMPLETIONS, async (number) => {
      const { data, errors } = await at(clients, number).send(CREATE_JOB, { input: { jobType: `${number}` } });
      if (errors) expect(errors[0]?.extensions.code).toBe("INSUFFICIENT_CREDITS");
      return data?.createJob?.id as string | undefined;
    });
    const jobs = opened.filter((id) => id !== undefined);
    expect(jobs.length).toBe(BALANCE);
    // Each job is completed more than once, by several processes at the same time.
    const completed = await inTurns(COMPLETIONS, async (number) => {
      const input = { jobId: jobs[number % jobs.length] };
      return (await at(clients, number).data(COMPLETE_JOB, { input })).completeJob.job.status;
    });
    expect(new Set(completed)).toEqual(new Set(["COMPLETED"]));
    expect(await team.credits()).toMatchObject({ used: BALANCE, held: 0, available: 0 });
    const charges = await witness.database.db.creditEntry.count({ where: { accountId: team.id, kind: "POST" } });
    expect(charges).toBe(BALANCE);
    await expectSoundLedger(witness.database.db);
  });

  it("charge each job once, too, if a process is killed and Redis freezes in the midst", async () => {
    const { witness, a, b, redis } = replicas;
    const team = await witness.world.team({ credits: BALANCE });
    const doomed = await replicas.start();
    const clients = [doomed, a, b].map((at) => at.client(team.secret));
    const jobs = await inTurns(BALANCE, async () => (await team.job()).id);
    let refused = 0;
    const completed = await inTurns(COMPLETIONS, async (number) => {
      if (number === COMPLETIONS / 4) redis.freeze();
      if (number === COMPLETIONS / 2) await doomed.kill();
      const input = { jobId: jobs[number % BALANCE] };
      const answer = await at(clients, number)
        .data(COMPLETE_JOB, { input })
        .catch(() => {
          refused += 1;
          return at(clients.slice(1), number).data(COMPLETE_JOB, { input });
        });
      return answer.completeJob.job.status;
    });
    redis.thaw();
    expect(refused).toBeGreaterThan(0);
    expect(new Set(completed)).toEqual(new Set(["COMPLETED"]));
    expect(await team.credits()).toMatchObject({ used: BALANCE, held: 0, available: 0 });
    await expectSoundLedger(witness.database.db);
  });
});

const at = <Item>(list: readonly Item[], number: number): Item => list[number % list.length] as Item;

/** Does so many pieces of work, as many at once as there are clients. */
async function inTurns<Result>(count: number, work: (number: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const client = async () => {
    while (next < count) {
      const number = next++;
      results[number] = await work(number);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return results;
}
