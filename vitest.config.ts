import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";

const require = createRequire(import.meta.url);

export default defineConfig({
  // Vite would load graphql's .mjs and type-graphql its .js: two copies of one realm. One path for both.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve("graphql") }] },
  test: {
    include: ["test/**/*.test.ts", "console/test/**/*.test.ts"],
    globalSetup: ["test/kit/global-setup.ts"],
    setupFiles: ["reflect-metadata"],
    server: { deps: { inline: [] } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What a test waits for comes when the machine gets to it. A test that claims a time says the time itself.
    expect: { poll: { timeout: 10_000 } },
    // A worker loads the code once for all its files. That is two thirds of a run's time, and no test replaces a module.
    isolate: false,
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/generated/**"],
      reporter: ["text-summary", "html"],
    },
  },
});
