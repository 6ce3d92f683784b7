import { adminOf } from "../../src/auth/viewer.js";
import { BillingMode } from "../../src/generated/prisma/enums.js";
import { NANO_USD } from "../../src/lib/money.js";

// Who lives in the example world, and how they work.

/** In whose name the world is made. The audit has the name of the request. */
export const ADMIN = adminOf("seed");

export const ORGANIZATION = { id: "example", name: "Example Ltd" } as const;

export interface ModelManner {
  /** In milliseconds, in the middle of all answers. */
  readonly firstTokenMs: number;
  readonly tokensPerSecond: number;
  readonly failureRate: number;
  /** Whether it is the last model of its group. */
  readonly isLast: boolean;
}

export const MODELS: Readonly<Record<string, ModelManner>> = {
  "gpt-4o-mini": { firstTokenMs: 320, tokensPerSecond: 90, failureRate: 0.03, isLast: false },
  "gpt-3.5-turbo": { firstTokenMs: 450, tokensPerSecond: 70, failureRate: 0.01, isLast: true },
  "gpt-4o": { firstTokenMs: 520, tokensPerSecond: 55, failureRate: 0.04, isLast: false },
  "gpt-4-turbo": { firstTokenMs: 900, tokensPerSecond: 30, failureRate: 0.02, isLast: true },
  "o3-mini": { firstTokenMs: 4_000, tokensPerSecond: 80, failureRate: 0.03, isLast: true },
  "house-model-7b": { firstTokenMs: 180, tokensPerSecond: 40, failureRate: 0.06, isLast: true },
};

export const MODEL_GROUPS = {
  "example/fast": ["gpt-4o-mini", "gpt-3.5-turbo"],
  "example/smart": ["gpt-4o", "gpt-4-turbo"],
  "example/reasoning": ["o3-mini"],
  /** Nobody knows what this one costs. */
  "example/house": ["house-model-7b"],
} as const;
type GroupName = keyof typeof MODEL_GROUPS;

export interface ExampleTeam {
  readonly id: string;
  readonly alias: string;
  readonly groups: readonly GroupName[];
  readonly jobTypes: readonly string[];
  readonly customers: readonly string[];
  /** On a weekday, as a mean. There is a third of it at the weekend. */
  readonly jobsADay: number;
  readonly credits: { readonly atFirst: number; readonly onMondays: number };
  readonly billing?: object;
}

export const TEAMS: readonly ExampleTeam[] = [
  {
    id: "example-support",
    alias: "Customer support",
    groups: ["example/fast", "example/smart"],
    jobTypes: ["ticket", "ticket", "ticket", "summary"],
    customers: ["acme", "globex", "initech", "umbrella"],
    jobsADay: 16,
    credits: { atFirst: 400, onMondays: 100 },
    billing: { markupPercent: 20n * NANO_USD, lowCreditsThresholds: [50, 10], creditPriceUsd: NANO_USD / 100n },
  },
  {
    id: "example-research",
    alias: "Research",
    groups: ["example/smart", "example/reasoning", "example/house"],
    jobTypes: ["report", "comparison"],
    customers: ["internal"],
    jobsADay: 6,
    credits: { atFirst: 1_500, onMondays: 300 },
    billing: { mode: BillingMode.TOKENS, tokensPerCredit: 1_000, creditPriceUsd: NANO_USD / 200n },
  },
  {
    id: "example-marketing",
    alias: "Marketing",
    groups: ["example/fast"],
    jobTypes: ["draft", "translation"],
    customers: ["spring-campaign", "newsletter"],
    jobsADay: 4,
    // They are used up before the week is over.
    credits: { atFirst: 20, onMondays: 15 },
    billing: { lowCreditsThresholds: [5] },
  },
];
