import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { Metrics } from "../kit/clients/metrics.js";
import { ADMIN_KEY, useGateway } from "../kit/gateway/gateway.js";

const gateway = useGateway();

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
}
interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly annotations: { summary: string };
    }[];
  }[];
}

const dashboard: Dashboard = JSON.parse(readFileSync("deploy/grafana/tollgate.json", "utf8"));
const rules: Rules = parse(readFileSync("deploy/prometheus/alerts.yml", "utf8"));

const panels = dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const));
const alerts = rules.groups.flatMap((group) => group.rules.map(({ alert, expr }) => [alert, expr] as const));

/** The names of metrics in an expression of PromQL. */
const namesIn = (expr: string): string[] => expr.match(/\b(tollgate|nodejs|process)_\w+/g) ?? [];

it.each([...panels, ...alerts])("%s asks only for metrics that there are", async (_title, expr) => {
  const { text } = await Metrics.of(gateway.url, ADMIN_KEY);
  const known = new Set(text.match(/^# TYPE (\w+)/gm)?.map((line) => line.slice(7)));
  const names = namesIn(expr);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const base = name.replace(/_(bucket|count|sum)$/, "");
    expect(known.has(name) || known.has(base), name).toBe(true);
  }
  const open = expr.match(/[({[]/g)?.length;
  expect(expr.match(/[)}\]]/g)?.length).toBe(open);
});

it("There are panels and alerts.", () => {
  expect(panels.length).toBeGreaterThan(15);
  expect(alerts.length).toBeGreaterThan(8);
});
