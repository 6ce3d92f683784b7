import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ADMIN_KEY, useGateway } from "../kit/gateway/gateway.js";
import { alertRules, knownMetrics, metricNamesIn } from "../kit/telemetry/metric-names.js";

const gateway = useGateway();

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
}

const dashboard: Dashboard = JSON.parse(readFileSync("deploy/grafana/tollgate.json", "utf8"));

const panels = dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const));
const alerts = alertRules().map(({ alert, expr }) => [alert, expr] as const);

it.each([...panels, ...alerts])("%s asks only for metrics that there are", async (_title, expr) => {
  const isKnown = await knownMetrics(gateway.url, ADMIN_KEY);
  const names = metricNamesIn(expr);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !isKnown(name))).toEqual([]);
  const open = expr.match(/[({[]/g)?.length;
  expect(expr.match(/[)}\]]/g)?.length).toBe(open);
});

it("There are panels and alerts.", () => {
  expect(panels.length).toBeGreaterThan(15);
  expect(alerts.length).toBeGreaterThan(8);
});
