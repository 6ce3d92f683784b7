import { describe, expect, it } from "vitest";
import { ModelVerdicts } from "../../src/features/calls/run/model-verdicts.js";
import type { Plan } from "../../src/features/models/plan.js";
import { UpstreamError, type UpstreamErrorKind } from "../../src/upstream/failure/upstream-error.js";
import type { Permit } from "../../src/upstream/resilience/circuit-breakers.js";

const planOf = (...names: string[]) => names.map((name) => ({ name })) as unknown as Plan;

/** What is told of each attempt, in order; null is told as long as nothing is. */
function told(
  plan: Plan,
  tell: (verdicts: ModelVerdicts, fail: (model: string, kind?: UpstreamErrorKind) => void) => void,
) {
  const said: (string | null)[] = [];
  const verdicts = new ModelVerdicts(plan);
  const permit = (): Permit => {
    const index = said.push(null) - 1;
    return {
      end: (verdict) => {
        said[index] = verdict;
      },
    };
  };
  tell(verdicts, (model, kind = "unavailable") => verdicts.add(model, permit(), new UpstreamError(kind, model)));
  return said;
}

describe("what failures tell about models", () => {
  it("waits until another model begins to answer the same request", () => {
    expect(told(planOf("a", "b"), (_verdicts, fail) => fail("a"))).toEqual([null]);
    const answered = told(planOf("a", "b"), (verdicts, fail) => {
      fail("a");
      verdicts.confirm();
      fail("b");
    });
    expect(answered).toEqual(["unwell", null]);
  });

  it("is nothing if all models fail, or were passed over", () => {
    const all = told(planOf("a", "b"), (verdicts, fail) => {
      for (const model of ["a", "b", "b"]) fail(model);
      verdicts.end();
    });
    expect(all).toEqual(["nothing", "nothing", "nothing"]);
    const theOther = told(planOf("a", "b"), (verdicts, fail) => {
      verdicts.passOver();
      fail("b");
      verdicts.end();
    });
    expect(theOther).toEqual(["nothing"]);
  });

  it("is that they are unwell if the call ended before all were asked, or has one model only", () => {
    const ended = told(planOf("a", "b"), (verdicts, fail) => {
      fail("a");
      verdicts.end();
    });
    expect(ended).toEqual(["unwell"]);
    const only = told(planOf("a"), (verdicts, fail) => {
      fail("a");
      verdicts.end();
    });
    expect(only).toEqual(["unwell"]);
  });

  it("is nothing at once if the request is to blame", () => {
    expect(told(planOf("a", "b"), (_verdicts, fail) => fail("a", "context-length"))).toEqual(["nothing"]);
  });
});
