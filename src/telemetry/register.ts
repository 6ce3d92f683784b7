// Is loaded before the gateway, by `node --import`. Loads OpenTelemetry if there is somewhere to send traces to, and
// otherwise nothing.
import { readEnv } from "../config/env.js";

const env = readEnv();
if (env.OTEL_EXPORTER_OTLP_ENDPOINT && env.OTEL_SDK_DISABLED !== "true") {
  const { startTelemetry } = await import("./start.js");
  startTelemetry(env);
}
