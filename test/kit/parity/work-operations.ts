import type { Gateway } from "../gateway/gateway.js";
import { RUN_LLM_CALL } from "../world.js";
import { mutate, type Operation, type Operations, type Stage } from "./operation.js";

const QUESTION = { messages: [{ role: "user", content: "What is a tollgate?" }], purpose: "parity", temperature: 0.5 };

/** What teams do, through both doors. */
export function workOperations(gateway: Gateway): Operations {
  const rest = ({ team }: Stage) => gateway.rest(team.secret);
  return {
    createJob: {
      graphql: ({ team }) =>
        team.client.data(mutate("createJob", "CreateJobInput"), { input: { jobType: "new", metadata: { a: 1 } } }),
      rest: (on) => rest(on).ok("POST", "/api/jobs/create", { job_type: "new", metadata: { a: 1 } }),
    },
    updateJobMetadata: {
      graphql: ({ team, jobId }) =>
        team.client.data("mutation ($id: ID!) { updateJobMetadata(jobId: $id, metadata: { a: 1 }) { id } }", {
          id: jobId,
        }),
      rest: (on) => rest(on).ok("PATCH", `/api/jobs/${on.jobId}/metadata`, { metadata: { a: 1 } }),
    },
    runLlmCall: {
      graphql: ({ team, jobId }) =>
        team.client.data(RUN_LLM_CALL, {
          input: {
            ...QUESTION,
            messages: [{ role: "USER", content: "What is a tollgate?" }],
            jobId,
            modelGroup: team.modelGroup,
          },
        }),
      rest: (on) =>
        rest(on).ok("POST", `/api/jobs/${on.jobId}/llm-call`, { ...QUESTION, model_group: on.team.modelGroup }),
    },
    "runLlmCall without a job": {
      graphql: ({ team }) =>
        team.client.data(RUN_LLM_CALL, {
          input: {
            ...QUESTION,
            messages: [{ role: "USER", content: "What is a tollgate?" }],
            jobType: "single",
            modelGroup: team.modelGroup,
          },
        }),
      rest: (on) =>
        rest(on).ok("POST", "/api/jobs/create-and-call", {
          ...QUESTION,
          job_type: "single",
          model_group: on.team.modelGroup,
        }),
    },
    ...Object.fromEntries(
      ["COMPLETED", "FAILED", "CANCELLED"].map((status): [string, Operation] => [
        `completeJob as ${status}`,
        {
          graphql: ({ team, jobId }) =>
            team.client.data(mutate("completeJob", "CompleteJobInput"), {
              input: { jobId, status, errorMessage: "why", metadata: { a: 1 } },
            }),
          rest: (on) =>
            rest(on).ok("POST", `/api/jobs/${on.jobId}/complete`, {
              status: status.toLowerCase(),
              error_message: "why",
              metadata: { a: 1 },
            }),
        },
      ]),
    ),
  };
}
