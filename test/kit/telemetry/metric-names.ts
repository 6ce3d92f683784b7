import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { Metrics } from "../clients/metrics.js";

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
}

/** The alert rules that come with the gateway. */
export function alertRules(): { readonly alert: string; readonly expr: string }[] {
  const rules: Rules = parse(readFileSync("deploy/prometheus/alerts.yml", "utf8"));
  return rules.groups.flatMap((group) => group.rules);
}

/** The names of metrics in an expression of PromQL, or in a text. */
export const metricNamesIn = (text: string): string[] => text.match(/\b(tollgate|nodejs|process)_\w+/g) ?? [];

/** Tells whether a gateway has a metric of this name. */
export async function knownMetrics(gatewayUrl: string, adminKey: string): Promise<(name: string) => boolean> {
  const { text } = await Metrics.of(gatewayUrl, adminKey);
  const known = new Set(text.match(/^# TYPE (\w+)/gm)?.map((line) => line.slice(7)));
  return (name) => known.has(name) || known.has(name.replace(/_(bucket|count|sum)$/, ""));
}
