import { z } from "zod";
import { CreateJobInput } from "../../../features/jobs/job.input.js";
import type { Tool } from "../tool.js";
import { freeData, idempotencyKey, jobStatus, limit, lowerCase, nanoUsdOf, text, time } from "./fields.js";

const input = z.strictObject({
  job_type: text("What kind of work it is, in words of your own: 1 to 100 characters."),
  metadata: freeData.optional(),
  max_cost_usd: z
    .union([z.string(), z.number()])
    .describe('The most that the calls of the job may cost, in USD, such as "0.50". Absent means no limit.')
    .optional(),
  max_tokens: limit("The most tokens that all calls of the job may use together. Absent means no limit.").optional(),
  idempotency_key: idempotencyKey("opens a second job").optional(),
});

const answer = z.object({
  job_id: text("The id of the job: a UUID. run_call and complete_job take it."),
  job_type: text("What kind of work it is."),
  status: jobStatus,
  created_at: time("When the job was opened."),
});

export const createJobTool: Tool<typeof input, typeof answer> = {
  name: "create_job",
  title: "Open a job",
  description:
    'Opens a job for the team of the key, and holds one credit for it. The credit is taken only if complete_job ends the job as "completed". A job that is not ended expires by itself, free of charge. The error INSUFFICIENT_CREDITS means that the team has no credit left.',
  input,
  answer,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  async run({ services, viewer, record }, { job_type, metadata, max_cost_usd, max_tokens, idempotency_key }) {
    const job = await services.jobs.create(
      viewer,
      Object.assign(new CreateJobInput(), {
        jobType: job_type,
        metadata: metadata ?? null,
        maxCostUsd: max_cost_usd === undefined ? null : nanoUsdOf("max_cost_usd", max_cost_usd),
        maxTokens: max_tokens ?? null,
        idempotencyKey: idempotency_key ?? null,
      }),
    );
    record.ofJob(job);
    return {
      job_id: job.id,
      job_type: job.jobType,
      status: lowerCase(job.status),
      created_at: job.createdAt.toISOString(),
    };
  },
};
