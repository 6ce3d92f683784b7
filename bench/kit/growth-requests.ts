import type { LoadTarget } from "./load.js";
import { PLAIN_ANSWER } from "./tokens.js";
import { ADMIN_KEY } from "./tollgate.js";

export interface GrowthRequest {
  readonly name: string;
  readonly target: LoadTarget;
}

interface Asked {
  readonly origin: string;
  readonly key: string;
  readonly team: string;
  readonly modelGroup: string;
  /** A job of the team with calls. */
  readonly jobId: string;
}

const COSTS = "costs { totalCalls totalTokens totalCostUsd creditsRemaining }";
const JOBS = "nodes { id jobType status createdAt } pageInfo { hasNextPage endCursor }";
const CALLS = "nodes { id status content costUsd attempts { number model status } }";
const AGO = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** The reads, the lists and the writes that are sent to each database. */
export function requestsOf({ origin, key, team, modelGroup, jobId }: Asked): GrowthRequest[] {
  const as = (secret: string) => ({ authorization: `Bearer ${secret}` });
  const graphql = (name: string, query: string, expected: string, secret = key, variables: object = {}) => {
    const requests = [{ headers: as(secret), body: JSON.stringify({ query, variables }) }];
    return { name, target: { origin, path: "/graphql", requests, expected } };
  };
  const rest = (name: string, path: string, expected: string) => {
    const requests = [{ headers: as(key), body: "" }];
    return { name, target: { origin, path, method: "GET" as const, requests, expected } };
  };
  const jobs = (name: string, filter: string, fields: string, secret = key) =>
    graphql(name, `{ jobs(first: 20${filter && `, filter: { ${filter} }`}) { ${fields} } }`, '"jobs":{', secret);
  const input = { modelGroup, messages: [{ role: "USER", content: "What is a tollgate?" }] };
  return [
    graphql(
      "job, costs, calls, attempts",
      `{ job(id: "${jobId}") { id ${COSTS} llmCalls(first: 20) { ${CALLS} } } }`,
      jobId,
    ),
    graphql("calls of a job, counted", `{ job(id: "${jobId}") { llmCalls { totalCount } } }`, '"totalCount":10'),
    graphql("balance", "{ viewer { ... on TeamViewer { team { credits { available } } } } }", '"available"'),
    jobs("jobs", "", JOBS),
    jobs("jobs, admin", "", JOBS, ADMIN_KEY),
    jobs("jobs, counted", "", `${JOBS} totalCount`),
    jobs("jobs, counted, admin", "", `${JOBS} totalCount`, ADMIN_KEY),
    jobs("jobs of a status, counted", "status: [COMPLETED]", `${JOBS} totalCount`),
    jobs("jobs of a status that none has", "status: [PENDING]", JOBS),
    jobs("jobs of a type", 'jobType: "type-3"', JOBS),
    jobs("jobs of a type that none has", 'jobType: "none"', JOBS),
    jobs("jobs between two times", `createdAfter: "${AGO(31)}", createdBefore: "${AGO(30)}"`, JOBS),
    graphql(
      "ledger",
      `{ viewer { ... on TeamViewer { team { creditEntries(first: 20) { nodes { id kind } } } } } }`,
      '"kind"',
    ),
    graphql(
      "ledger, counted",
      `{ viewer { ... on TeamViewer { team { creditEntries(first: 20) { nodes { id kind } totalCount } } } } }`,
      '"totalCount"',
    ),
    // One answer reads at most 100,000 entries and jobs, so that it is not the whole audit of a long ledger.
    graphql(
      "ledger audit, one answer, admin",
      `{ ledgerAudit(teamId: "${team}") { differences { entryId } } }`,
      '"differences":[]',
      ADMIN_KEY,
    ),
    rest("REST jobs", `/api/teams/${team}/jobs`, '"job_id"'),
    rest("REST transactions", `/api/credits/teams/${team}/transactions`, '"transaction_id"'),
    rest("REST job costs", `/api/jobs/${jobId}/costs`, '"total_calls":10'),
    graphql("createJob", `mutation { createJob(input: { jobType: "bench" }) { id } }`, '"createJob":{'),
    graphql(
      "runLlmCall, job of its own",
      "mutation ($input: LlmCallInput!) { runLlmCall(input: $input) { content } }",
      PLAIN_ANSWER,
      key,
      { input },
    ),
  ];
}
