import type { HttpUpstreamConfig, UpstreamConfig } from "../config/upstreams/upstream.js";
import type { Provider } from "./provider.js";

/** Opens the provider of an upstream, and loads what it needs. This is the only place that knows which kinds there are. */
export async function openProvider(config: UpstreamConfig): Promise<Provider> {
  if (config.kind === "simulated") {
    const { simulated } = await import("./simulated/simulated.js");
    const model = simulated(config);
    if (config.failing === null) return model;
    const { failing } = await import("./simulated/failing.js");
    return failing(model, config.failing);
  }
  if (config.kind === "anthropic") {
    const { anthropic } = await import("./anthropic/anthropic.js");
    return anthropic(config);
  }
  const { openAiCompatible } = await import("./openai/openai-compatible.js");
  const options = config.kind === "azure-openai" ? ofAzure(config) : config;
  const provider = openAiCompatible({ ...options, isStrict: config.kind !== "openai-compatible" });
  return { ...provider, name: config.kind };
}

/** Azure's newer interface is OpenAI's. The older one has the model in the path, as the name of its deployment. */
function ofAzure(config: HttpUpstreamConfig) {
  const keyHeader = "api-key" as const;
  if (new URL(config.url).pathname.includes("/openai/v1")) return { ...config, keyHeader };
  const pathOf = (model: string) => `/openai/deployments/${encodeURIComponent(model)}/chat/completions`;
  return { ...config, url: config.url.replace(/\/+$/, ""), keyHeader, pathOf };
}
