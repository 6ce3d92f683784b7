import type { CallLimit } from "../../../auth/call-limits.js";
import { type Change, costOf, type Standing, WINDOW_MS } from "./counter.js";

type Counter = Pick<CallLimit, "counter" | "kind">;

/** A slot of a call among the calls at once. */
export interface Slot {
  readonly limit: CallLimit;
  readonly id: string;
}

/** What Redis is asked to do. The script that does it says what each step means. */
export type Step =
  | {
      readonly does: "take" | "look";
      readonly slot: string;
      readonly tokens: number;
      readonly limits: readonly CallLimit[];
    }
  | { readonly does: "change"; readonly slot: string; readonly changes: readonly Change[] }
  | { readonly does: "renew"; readonly slots: readonly Slot[] }
  | { readonly does: "forget"; readonly counters: readonly Counter[] };

const LETTERS = { REQUESTS: "R", TOKENS: "T", CONCURRENCY: "C" } as const;

/** Writes steps as the script reads them. */
export function written(steps: readonly Step[], leaseMs: number): { keys: string[]; args: (string | number)[] } {
  const positions = new Map<string, number>();
  const keys: string[] = [];
  let kinds = "";
  const keyOf = ({ counter, kind }: Counter): number => {
    const known = positions.get(counter);
    if (known !== undefined) return known;
    kinds += LETTERS[kind];
    const position = keys.push(`tollgate:limits:${counter}`);
    positions.set(counter, position);
    return position;
  };
  const lists = steps.map((step) => listOf(step, keyOf));
  return { keys, args: [kinds, leaseMs, WINDOW_MS, JSON.stringify(lists)] };
}

function listOf(step: Step, keyOf: (counter: Counter) => number): (string | number)[] {
  const list: (string | number)[] = [step.does];
  switch (step.does) {
    case "take":
    case "look":
      list.push(step.slot, step.tokens);
      for (const limit of step.limits) list.push(keyOf(limit), limit.max, limit.isEnforced ? 1 : 0);
      break;
    case "change":
      list.push(step.slot);
      for (const { limit, endsAt, by } of step.changes) list.push(keyOf(limit), endsAt, by);
      break;
    case "renew":
      for (const { limit, id } of step.slots) list.push(keyOf(limit), id);
      break;
    case "forget":
      for (const counter of step.counters) list.push(keyOf(counter));
  }
  return list;
}

/** Reads where the limits of each step stand: none, if it counted no call. Undefined if that is no answer of the script. */
export function readAnswer(answer: unknown, steps: readonly Step[]): Standing[][] | undefined {
  const numbers = typeof answer === "string" ? numbersIn(answer) : [];
  const [now] = numbers;
  if (now === undefined) return undefined;
  let at = 1;
  const standings = steps.map((step) => {
    if (step.does !== "take" && step.does !== "look") return [];
    return step.limits.map((limit): Standing => {
      const [isOver, used = 0, endsAt = now] = [numbers[at], numbers[at + 1], numbers[at + 2]];
      at += 3;
      return { limit, cost: costOf(limit, step.tokens), isOver: isOver === 1, used, resetMs: endsAt - now, endsAt };
    });
  });
  return at === numbers.length ? standings : undefined;
}

function numbersIn(text: string): readonly number[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((each) => typeof each === "number") ? value : [];
  } catch {
    return [];
  }
}
