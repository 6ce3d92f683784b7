import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Events } from "../../lib/observe/events.js";
import { VERSION } from "../../lib/observe/version.js";
import { watchCalls } from "./call-metrics.js";
import { watchRequests } from "./request-metrics.js";
import { type State, stateGauges } from "./state-metrics.js";
import { watchWebhooks } from "./webhook-metrics.js";
import { watchWork } from "./work-metrics.js";

/** The metrics of a gateway, as Prometheus reads them. */
export class Metrics {
  /** The type of the text. */
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;
  private readonly registry = new Registry();
  private readonly setState: (state: State) => void;

  /** Watches from now on. `read` reads the state of the process, and never rejects. */
  constructor(
    events: Events,
    private readonly read: () => Promise<State>,
  ) {
    watchRequests(events, this.registry);
    watchCalls(events, this.registry);
    watchWork(events, this.registry);
    watchWebhooks(events, this.registry);
    this.setState = stateGauges(this.registry);
  }

  /** Returns all metrics in Prometheus' text format, and those of the Node process. */
  async text(): Promise<string> {
    this.setState(await this.read());
    const texts = await Promise.all([processRegistry(), this.registry].map((registry) => registry.metrics()));
    return texts.join("\n");
  }
}

let ofProcess: Registry | undefined;

/** The event loop, memory, garbage collection and CPU. A process has one of each, however many gateways it has. */
function processRegistry(): Registry {
  ofProcess ??= newProcessRegistry();
  return ofProcess;
}

function newProcessRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "tollgate_build_info",
    help: "Always 1. The labels tell the version of Tollgate and of Node.",
    labelNames: ["version", "node"],
    registers: [registry],
  }).set({ version: VERSION, node: process.version }, 1);
  return registry;
}
