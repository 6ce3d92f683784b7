import fc from "fast-check";
import { JobOutcome } from "../../../src/features/closing/close-job.input.js";

/** One thing that somebody does. A job is named by a number, to be taken modulo the jobs there are. */
export type Deed =
  | {
      readonly do:
        | "open"
        | "call alone"
        | "call alone, in vain"
        | "let time pass"
        | "let an hour pass"
        | "run the tasks";
    }
  | { readonly do: "call" | "call in vain"; readonly job: number }
  | { readonly do: "end"; readonly job: number; readonly status: JobOutcome }
  | { readonly do: "add" | "add for an hour" | "adjust" | "fetch" | "give away"; readonly credits: number };

const job = fc.nat(50);
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("open" as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom("call", "call in vain"), job }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("call alone", "call alone, in vain") }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("end" as const),
      job,
      status: fc.constantFrom(...Object.values(JobOutcome)),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("add", "add for an hour", "fetch", "give away"),
      credits: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("adjust" as const),
      credits: fc.integer({ min: -5, max: 3 }).filter((credits) => credits !== 0),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("let time pass", "let an hour pass", "run the tasks") }) },
) as fc.Arbitrary<Deed>;
/** Deeds of one moment, moment after moment. */
export const moments = fc.array(fc.array(deed, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 10 });
