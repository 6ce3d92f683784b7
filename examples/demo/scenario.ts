import type { CallInput, JobInput, Message } from "./job-shapes.js";
import type { ModelGroup, OrganizationInput, TeamInput } from "./shapes.js";

export type Question = Omit<CallInput, "jobId" | "modelGroup">;

export type Scenario = ReturnType<typeof scenario>;

const SYSTEM: Message = { role: "SYSTEM", content: "You are a helpful customer support assistant." };
const FIRST_QUESTION: Message = { role: "USER", content: "How do I reset my password?" };

/**
 * What the steps create and ask: Acme's engineering team answers a customer. A gateway that keeps its data may know the
 * names already, and nothing can be created twice, so there they get a suffix.
 */
export function scenario(suffix = "") {
  const named = (name: string): string => (suffix ? `${name}-${suffix}` : name);
  const organization: OrganizationInput = {
    id: named("acme-corp"),
    name: "Acme Corporation",
    metadata: { industry: "technology", tier: "enterprise" },
  };
  const fast: ModelGroup = {
    name: named("ChatFast"),
    displayName: "Fast Chat Model",
    description: "Quick responses for simple queries",
    models: [
      { name: "gpt-3.5-turbo", priority: 0 },
      { name: "gpt-4o-mini", priority: 1 },
    ],
  };
  const advanced: ModelGroup = {
    name: named("ChatAdvanced"),
    displayName: "Advanced Chat Model",
    description: "Powerful model for complex reasoning",
    models: [
      { name: "gpt-4", priority: 0 },
      { name: "gpt-4-turbo", priority: 1 },
    ],
  };
  const team: TeamInput = {
    organizationId: organization.id,
    id: named("engineering-team"),
    alias: "Engineering Team",
    modelGroups: [fast.name, advanced.name],
    creditsAllocated: 100,
  };
  const job: JobInput = {
    jobType: "customer_support",
    metadata: { customer_id: "customer_12345", priority: "high" },
  };

  const initialQuery: Question = {
    purpose: "initial_response",
    temperature: 0.7,
    messages: [SYSTEM, FIRST_QUESTION],
  };
  /** A model remembers nothing: a conversation is sent whole, with what was answered so far. */
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
