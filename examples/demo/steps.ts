import type { GraphqlClient } from "../graphql/graphql-client.js";
import * as api from "../graphql/operations.js";
import { checkAccount, checkModelGroup, checkOrganization, checkTeam } from "./checks.js";
import { expectFields } from "./expect.js";
import { checkCall, checkCompletion, checkJob, checkJobWithCalls } from "./job-checks.js";
import { ledgerText, printCall, printEvent, printStreamedCall, printSummary } from "./print.js";
import type { Progress } from "./progress.js";
import type { AskedGroup, Question, Scenario } from "./scenario.js";
import { step } from "./step.js";
import { StreamedCall } from "./streamed-call.js";

/** The gateway waits this long for a model's first token. */
const CALL_TIMEOUT_MS = 120_000;

/** Runs the whole chain, from an organization to a cost summary. Every answer is checked before it is printed. */
export async function runSteps(admin: GraphqlClient, acme: Scenario, progress: Progress): Promise<void> {
  const virtualKey = await setUp(admin, acme, progress);
  // From here on the team works with its own key, which shows it only what belongs to the team.
  await doJob(admin.withKey(virtualKey), acme, progress);
}

/** Creates what the admin prepares once for each customer. Returns the team's key. */
async function setUp(admin: GraphqlClient, acme: Scenario, progress: Progress): Promise<string> {
  await step(progress, "\n[1/7] Creating Organization", async () => {
    const { createOrganization: organization } = await admin.ask(api.CreateOrganizationDocument, {
      input: acme.organization,
    });
    checkOrganization(organization, acme.organization);
    progress.say(`✓ Organization created: ${organization.id}`);
  });

  // A team asks for a group. The admin decides which models the group has, and in which order they are tried.
  await step(progress, "\n[2/7] Creating Model Groups", async () => {
    for (const asked of [acme.fast, acme.advanced]) {
      const { createModelGroup: group } = await admin.ask(api.CreateModelGroupDocument, { input: asked });
      checkModelGroup(group, asked);
      progress.say(`✓ Model group created: ${group.name}`);
    }
  });

  // The answer has the secret of the team's first key. It is shown only here, since the gateway keeps a hash.
  return step(progress, "\n[3/7] Creating Team with Credits", async () => {
    const { createTeam } = await admin.ask(api.CreateTeamDocument, { input: acme.team });
    checkTeam(createTeam, acme.team);
    const { team, key, virtualKey } = createTeam;
    progress.say(`✓ Team created: ${team.id}`);
    progress.say(`  Virtual Key: ${key.prefix}...`);
    progress.say(`  Credits: ${team.credits.allocated}`);
    progress.say(`  Model Groups: ${team.modelGroups.map(({ name }) => name).join(", ")}`);
    return virtualKey;
  });
}

/** Opens a job, makes calls in it and completes it, which takes one credit. */
async function doJob(team: GraphqlClient, acme: Scenario, progress: Progress): Promise<void> {
  const before = await step(progress, "\n[4/7] Checking Initial Credit Balance", async () => {
    const { team: account } = await team.ask(api.TeamDocument, { id: acme.team.id });
    checkAccount(account, acme.team, []);
    progress.say(`✓ Credits available: ${account.credits.available}/${account.credits.allocated}`);
    return account.credits;
  });

  const job = await step(progress, "\n[5/7] Creating Job", async () => {
    const { createJob } = await team.ask(api.CreateJobDocument, { input: acme.job });
    checkJob(createJob, acme.job, before, acme.team.id);
    progress.say(`✓ Job created: ${createJob.id}`);
    return createJob;
  });

  const calls = await step(progress, "\n[6/7] Making LLM Calls", () => makeCalls(team, job.id, acme, progress));

  const completion = await step(progress, "\n[7/7] Completing Job", async () => {
    const { completeJob } = await team.ask(api.CompleteJobDocument, { input: { jobId: job.id, status: "COMPLETED" } });
    checkCompletion(completeJob, job.id, calls, before);
    progress.say(`✓ Job completed: ${completeJob.job.id}`);
    printSummary(progress, completeJob.costs);
    return completeJob;
  });

  await step(progress, "\n[FINAL] Credit Balance After Job", async () => {
    // A client that lost the answer may ask again: it gets the same summary, and the credit is taken once.
    const again = await team.ask(api.CompleteJobDocument, { input: { jobId: job.id, status: "COMPLETED" } });
    expectFields("second completion", again.completeJob, completion);
    const { team: account } = await team.ask(api.TeamDocument, { id: acme.team.id });
    checkAccount(account, acme.team, [job.id]);
    progress.say(`✓ Credits: ${account.credits.remaining}/${account.credits.allocated}`);
    progress.say(`  Credits used: ${account.credits.used}`);
    progress.say(`  Ledger: ${ledgerText(account.creditEntries.nodes)}`);
    progress.say("  Completed a second time: the same summary, no second credit");
  });
}

/** Makes three calls in one job. A job costs one credit, however many calls are made in it. */
async function makeCalls(team: GraphqlClient, jobId: string, acme: Scenario, progress: Progress) {
  const call = (title: string, group: AskedGroup, question: Question) =>
    step(progress, `  → ${title}`, async () => {
      const input = { ...question, jobId, modelGroup: group.name };
      const { runLlmCall } = await progress.during(team.ask(api.RunLlmCallDocument, { input }, CALL_TIMEOUT_MS));
      const answered = checkCall(runLlmCall, input, group);
      printCall(progress, answered);
      return answered;
    });

  const first = await call("Call 1: Initial customer query", acme.fast, acme.initialQuery);
  if (first.provider === "simulated") progress.say("    This gateway simulates its model: the answers are made up.");
  progress.say();
  const second = await call("Call 2: Follow-up question", acme.fast, acme.followUp(first.content));
  progress.say();
  // A subscription shows the answer while the model is still writing it.
  const third = await step(progress, "  → Call 3: Complex analysis", async () => {
    const input = { ...acme.analysis, jobId, modelGroup: acme.advanced.name };
    const streamed = new StreamedCall(input, acme.advanced);
    for await (const { streamLlmCall: event } of team.subscribe(api.StreamLlmCallDocument, { input })) {
      streamed.take(event);
      printEvent(progress, event);
    }
    const answered = streamed.end();
    printStreamedCall(progress, answered, streamed.deltaCount);
    return answered;
  });

  const calls = [first, second, third];
  checkJobWithCalls((await team.ask(api.JobDocument, { id: jobId })).job, calls);
  return calls;
}
