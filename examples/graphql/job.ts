// A job over GraphQL: it is opened, gets an answer whole and another one token by token, and is completed.
import { GraphqlClient } from "./graphql-client.js";
import { CompleteJobDocument, CreateJobDocument, RunLlmCallDocument, StreamLlmCallDocument } from "./operations.js";

const { TOLLGATE_URL = "http://127.0.0.1:8003", TOLLGATE_KEY = "" } = process.env;
const team = new GraphqlClient(TOLLGATE_URL, TOLLGATE_KEY);

const { createJob: job } = await team.ask(CreateJobDocument, { input: { jobType: "question" } });
const ask = (content: string) => ({
  input: { jobId: job.id, modelGroup: "ChatFast", messages: [{ role: "USER" as const, content }] },
});

// Over HTTP. A call that the gateway took on is returned even if the model failed; then it has an error.
const { runLlmCall: call } = await team.ask(RunLlmCallDocument, ask("What is a tollgate?"));
console.log(call.content ?? call.error?.message);

// Over a WebSocket. Deltas are appended; a snapshot, or a switch to another model, replaces what came before.
for await (const { streamLlmCall: event } of team.subscribe(StreamLlmCallDocument, ask("Who pays at a tollgate?"))) {
  if (event.__typename === "LlmCallDelta") process.stdout.write(event.content);
  if (event.__typename === "LlmCallSnapshot") process.stdout.write(`\n${event.content}`);
  if (event.__typename === "LlmCallModelSwitched" && event.discard) process.stdout.write("\n");
  if (event.__typename === "LlmCallFinished") console.log(`\n${event.call.status}: ${event.call.costUsd} USD`);
}

const { completeJob } = await team.ask(CompleteJobDocument, { input: { jobId: job.id } });
console.log(completeJob.costs);
