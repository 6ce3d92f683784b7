import type { UpstreamConfig } from "../config/config.js";
import { openAiCompatible } from "./openai/openai-compatible.js";
import type { Provider } from "./provider.js";
import { simulated } from "./simulated/simulated.js";

/** Opens the configured provider. This is the only place that knows which kinds there are. */
export function openProvider(config: UpstreamConfig): Provider {
  return config.kind === "simulated" ? simulated(config) : openAiCompatible(config);
}
