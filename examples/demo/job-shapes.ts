import type { Credits, JsonRecord } from "./shapes.js";

/** The work: the parts of the API's types that the demo sends and selects. schema.graphql describes every field. */

export interface JobInput {
  readonly jobType: string;
  readonly metadata: JsonRecord;
}

export interface NewJob extends JobInput {
  readonly id: string;
  readonly status: string;
  readonly team: { readonly id: string; readonly credits: Credits };
}

export interface Message {
  readonly role: "SYSTEM" | "USER" | "ASSISTANT";
  readonly content: string;
}

export interface CallInput {
  readonly jobId: string;
  readonly modelGroup: string;
  readonly messages: readonly Message[];
  readonly purpose: string;
  readonly temperature: number;
}

export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
}

export interface LlmCall {
  readonly id: string;
  readonly status: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly job: { readonly id: string };
  readonly modelGroup: string;
  readonly purpose: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly content: string | null;
  readonly usage: Usage | null;
  readonly latencyMs: number | null;
  readonly costUsd: string | null;
  readonly costSource: string | null;
}

/** What the demo asks for has no tools, so that no events of tool calls come. */
export type CallEvent = { readonly callId: string; readonly sequence: number } & (
  | { readonly __typename: "LlmCallStarted"; readonly model: string }
  | { readonly __typename: "LlmCallDelta" | "LlmCallSnapshot"; readonly content: string }
  | {
      readonly __typename: "LlmCallModelSwitched";
      readonly fromModel: string;
      readonly toModel: string;
      readonly reason: string;
      readonly discard: boolean;
    }
  | { readonly __typename: "LlmCallFinished"; readonly call: LlmCall }
);

export interface CostSummary extends Usage {
  readonly totalCalls: number;
  readonly successfulCalls: number;
  readonly failedCalls: number;
  readonly cancelledCalls: number;
  readonly runningCalls: number;
  readonly totalCostUsd: string;
  readonly avgLatencyMs: number;
  readonly creditApplied: boolean;
  readonly creditsRemaining: number;
  readonly unpricedCalls: number;
}

export interface JobCompletion {
  readonly job: { readonly id: string; readonly status: string; readonly completedAt: string | null };
  readonly costs: CostSummary;
}

export interface JobWithCalls {
  readonly id: string;
  readonly status: string;
  readonly llmCalls: { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] };
}
