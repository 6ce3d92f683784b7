import type { Failing } from "../../config/upstreams/upstream.js";
import { classifyHttpFailure } from "../failure/http-failure.js";
import type { Provider } from "../provider.js";

/** Makes a share of a provider's calls fail with an HTTP status. `random` is from 0 to 1. */
export function failing(provider: Provider, { share, status }: Failing, random: () => number = Math.random): Provider {
  return {
    ...provider,
    description: `${provider.description}; ${share * 100} % of its calls fail with the status ${status}`,
    stream: (request, signal, onSent) => {
      if (random() >= share) return provider.stream(request, signal, onSent);
      return fail(request.model, status);
    },
  };
}

// biome-ignore lint/correctness/useYield: it fails before it has anything to say.
async function* fail(model: string, status: number): AsyncGenerator<never, void, undefined> {
  throw classifyHttpFailure({ model, status, headers: {}, body: "" });
}
