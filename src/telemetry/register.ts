// Is loaded before the gateway, by `node --import`. Loads OpenTelemetry if there is somewhere to send traces to, and
// otherwise nothing.
import { type Env, readEnv } from "../config/env.js";

const env = readableEnv();
if (env.OTEL_EXPORTER_OTLP_ENDPOINT && env.OTEL_SDK_DISABLED !== "true") {
  const { startTelemetry } = await import("./start.js");
  startTelemetry(env);
}

/** If `.env` cannot be read, the gateway itself says so in a moment. */
function readableEnv(): Env {
  try {
    return readEnv();
  } catch {
    return {};
  }
}
