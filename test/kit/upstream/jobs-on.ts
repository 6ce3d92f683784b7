import type { Gateway } from "../gateway/gateway.js";
import { name, type TestJob } from "../world.js";
import type { Behaviour } from "./upstream-behaviours.js";

const ATTEMPTS = `query ($id: ID!) { llmCall(id: $id) { attempts { status errorKind usage { source } } } }`;

/** What tests of a failing upstream work with: jobs whose group has one model, which behaves as scripted. */
export function jobsOn(gateway: Gateway) {
  const jobWith = async (...behaviours: [Behaviour, ...Behaviour[]]): Promise<TestJob> => {
    const model = name("model");
    gateway.upstream.on(model, ...behaviours);
    return (await gateway.world.team({ models: [model], credits: 100 })).job();
  };
  const attemptsOf = async (job: TestJob, id: string) =>
    (await job.team.client.data(ATTEMPTS, { id })).llmCall.attempts;
  /** Makes a plain call and a streamed one, each in its own job. */
  const both = async (behaviour: () => Behaviour) => {
    const [plainJob, streamJob] = [await jobWith(behaviour()), await jobWith(behaviour())];
    const events = gateway.socket(streamJob.team.secret).stream(streamJob.callInput());
    const [plain, { call: stream }] = await Promise.all([plainJob.call(), events.until("LlmCallFinished")]);
    return [
      { job: plainJob, call: plain, attempts: await attemptsOf(plainJob, plain.id) },
      { job: streamJob, call: stream, attempts: await attemptsOf(streamJob, stream.id) },
    ];
  };
  return { jobWith, attemptsOf, both };
}
