import { authorize } from "../../../auth/policy.js";
import type { Viewer } from "../../../auth/viewer.js";
import type { CircuitBreakers, CircuitStatus } from "../../../upstream/resilience/circuit-breakers.js";

export class ModelCircuitService {
  constructor(private readonly breakers: CircuitBreakers) {}

  /** The circuit breakers of this process whose models failed last, by name. */
  list(viewer: Viewer): readonly CircuitStatus[] {
    authorize(viewer, "circuit.read");
    return this.breakers.list();
  }
}
