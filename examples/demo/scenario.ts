import type {
  CreateJobInput,
  CreateModelGroupInput,
  CreateOrganizationInput,
  CreateTeamInput,
  LlmCallInput,
  MessageInput,
} from "../graphql/operations.js";

/** A call in a job, for a purpose. */
export type AskedCall = LlmCallInput & { readonly jobId: string; readonly purpose: string };

export type Question = Omit<AskedCall, "jobId" | "modelGroup">;

export type AskedGroup = Scenario["fast"];

export type Scenario = ReturnType<typeof scenario>;

const SYSTEM: MessageInput = { role: "SYSTEM", content: "You are a helpful customer support assistant." };
const FIRST_QUESTION: MessageInput = { role: "USER", content: "How do I reset my password?" };

/**
 * What the steps create and ask: Acme's engineering team answers a customer. A gateway that keeps its data may have the
 * names already, so they can be given a suffix.
 */
export function scenario(suffix = "") {
  const named = (name: string): string => (suffix ? `${name}-${suffix}` : name);
  const organization = {
    id: named("acme-corp"),
    name: "Acme Corporation",
    metadata: { industry: "technology", tier: "enterprise" },
  } satisfies CreateOrganizationInput;
  const fast = {
    name: named("ChatFast"),
    displayName: "Fast Chat Model",
    description: "Quick responses for simple queries",
    models: [
      { name: "gpt-3.5-turbo", priority: 0 },
      { name: "gpt-4o-mini", priority: 1 },
    ],
  } satisfies CreateModelGroupInput;
  const advanced = {
    name: named("ChatAdvanced"),
    displayName: "Advanced Chat Model",
    description: "Powerful model for complex reasoning",
    models: [
      { name: "gpt-4", priority: 0 },
      { name: "gpt-4-turbo", priority: 1 },
    ],
  } satisfies CreateModelGroupInput;
  const team = {
    organizationId: organization.id,
    id: named("engineering-team"),
    alias: "Engineering Team",
    modelGroups: [fast.name, advanced.name],
    creditsAllocated: 100,
  } satisfies CreateTeamInput;
  const job = {
    jobType: "customer_support",
    metadata: { customer_id: "customer_12345", priority: "high" },
  } satisfies CreateJobInput;

  const initialQuery: Question = {
    purpose: "initial_response",
    temperature: 0.7,
    messages: [SYSTEM, FIRST_QUESTION],
  };
  /** A model remembers nothing, so the whole conversation is sent, with the answer so far. */
  const followUp = (answer: string): Question => ({
    purpose: "follow_up",
    temperature: 0.7,
    messages: [
      SYSTEM,
      FIRST_QUESTION,
      { role: "ASSISTANT", content: answer },
      { role: "USER", content: "I didn't receive the reset email." },
    ],
  });
  const analysis: Question = {
    purpose: "analysis",
    temperature: 0.3,
    messages: [
      {
        role: "USER",
        content: "Analyze this customer interaction and suggest improvements to our password reset process.",
      },
    ],
  };
  return { organization, fast, advanced, team, job, initialQuery, followUp, analysis };
}
