import { afterAll, beforeAll } from "vitest";
import type { Provider } from "../../../src/upstream/provider.js";
import { type ScriptedUpstream, startUpstream } from "./upstream.js";

/** A scripted upstream and a provider that asks it, for all tests of a `describe` or a file. */
export function useProvider(open: (url: string) => Provider): {
  readonly upstream: ScriptedUpstream;
  readonly provider: Provider;
} {
  let started: { upstream: ScriptedUpstream; provider: Provider } | undefined;
  beforeAll(async () => {
    const upstream = await startUpstream();
    started = { upstream, provider: open(upstream.url) };
  });
  afterAll(async () => {
    await started?.upstream.close();
    await started?.provider.close();
  });
  const running = () => {
    if (!started) throw new Error("The upstream is only there inside tests.");
    return started;
  };
  return {
    get upstream() {
      return running().upstream;
    },
    get provider() {
      return running().provider;
    },
  };
}
