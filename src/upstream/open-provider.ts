import type { UpstreamConfig } from "../config/upstream.js";
import type { Provider } from "./provider.js";

/** Opens the configured provider, and loads what it needs. This is the only place that knows which kinds there are. */
export async function openProvider(config: UpstreamConfig): Promise<Provider> {
  if (config.kind === "simulated") {
    const { simulated } = await import("./simulated/simulated.js");
    return simulated(config);
  }
  const { openAiCompatible } = await import("./openai/openai-compatible.js");
  return openAiCompatible(config);
}
