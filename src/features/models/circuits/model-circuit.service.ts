import { authorize } from "../../../auth/policy.js";
import type { Viewer } from "../../../auth/viewer.js";
import type { CircuitBreakers, CircuitStatus } from "../../../upstream/resilience/circuit-breakers.js";
import type { Upstreams } from "../../../upstream/upstreams.js";

export class ModelCircuitService {
  constructor(
    private readonly breakers: CircuitBreakers,
    private readonly upstreams: Upstreams,
  ) {}

  /** The circuit breakers of this process whose models failed last, by name. */
  list(viewer: Viewer): readonly (CircuitStatus & { readonly upstream: string })[] {
    authorize(viewer, "circuit.read");
    return this.breakers.list().map((status) => ({ ...status, upstream: this.upstreams.nameOf(status.model) }));
  }
}
