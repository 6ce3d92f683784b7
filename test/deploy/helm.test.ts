import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { variableNames } from "../../src/config/config.js";
import { hasHelm, lintChart, renderChart, typeErrorsOf } from "../kit/deploy/chart.js";
import { lastOf, readDockerfile } from "../kit/deploy/dockerfile.js";

const NEEDED = ["existingSecret=gate-secrets"];
const SETTINGS = {
  UPSTREAM_URL: "http://litellm:4000/v1",
  JOB_MAX_CALLS: "500",
  DEFAULT_ORGANIZATION: "acme",
  WEBHOOK_PRIVATE_NETWORKS: "allow",
  WEBHOOK_TIMEOUT_MS: "5000",
};
const EVERYTHING = [
  ...NEEDED,
  "ingress.enabled=true",
  "ingress.host=gate.example",
  "ingress.tlsSecret=gate-tls",
  "serviceMonitor.enabled=true",
  "serviceMonitor.labels.release=prometheus",
  "networkPolicy.enabled=true",
  "imagePullSecrets[0].name=registry",
  ...Object.entries(SETTINGS).map(([name, value]) => `env.${name}=${value}`),
];
const KINDS_ALWAYS = ["Deployment", "Job", "PodDisruptionBudget", "Service", "ServiceAccount"];
const image = readDockerfile().at(-1);
if (!image) throw new Error("The Dockerfile has no stage.");

describe.runIf(hasHelm())("the Helm chart", () => {
  it.for([
    ["as little as possible", [...NEEDED, "autoscaling.enabled=false"], KINDS_ALWAYS],
    ["its defaults", NEEDED, [...KINDS_ALWAYS, "HorizontalPodAutoscaler"]],
    [
      "everything",
      EVERYTHING,
      [...KINDS_ALWAYS, "HorizontalPodAutoscaler", "Ingress", "NetworkPolicy", "ServiceMonitor"],
    ],
  ] as const)("with %s renders what Kubernetes' API takes, and passes helm's own check", ([, values, kinds]) => {
    const { status, stderr, objects } = renderChart(values);
    expect(status, stderr).toBe(0);
    expect(objects.map(({ kind }) => kind).sort()).toEqual([...kinds].sort());
    expect(typeErrorsOf(objects)).toBe("");
    expect(lintChart(values)).toMatchObject({ status: 0 });
  });

  it("would fail that check with a field that is misspelled or has a wrong type", () => {
    const misspelled = renderChart(NEEDED).one("Deployment");
    misspelled.spec.template.spec.containers[0].readynessProbe = {};
    expect(typeErrorsOf([misspelled])).toMatch(/"readynessProbe"' does not exist in type 'Container'/);
    const mistyped = renderChart(NEEDED).one("Deployment");
    mistyped.spec.template.spec.terminationGracePeriodSeconds = "45";
    expect(typeErrorsOf([mistyped])).toMatch(/Type 'string' is not assignable to type 'number'/);
  });

  it("refuses to be installed without the name of a Secret, and has secrets by reference only", () => {
    expect(renderChart([])).toMatchObject({ status: 1, stderr: expect.stringContaining("existingSecret must be") });
    const { objects, one } = renderChart(EVERYTHING);
    expect(objects.map(({ kind }) => kind)).not.toContain("Secret");
    for (const { spec } of [one("Deployment"), one("Job")]) {
      const { env } = spec.template.spec.containers[0];
      const bySecret = env.filter((variable: { valueFrom?: object }) => variable.valueFrom);
      expect(bySecret.map(({ valueFrom }: Variable) => valueFrom.secretKeyRef)).toEqual([
        { name: "gate-secrets", key: "ADMIN_KEY", optional: false },
        { name: "gate-secrets", key: "DATABASE_URL", optional: false },
        { name: "gate-secrets", key: "REDIS_URL", optional: true },
        { name: "gate-secrets", key: "UPSTREAM_API_KEY", optional: true },
        { name: "gate-secrets", key: "AUDIT_KEY", optional: true },
        { name: "gate-secrets", key: "WEBHOOK_SECRETS_KEY", optional: true },
        { name: "gate-secrets", key: "OIDC_CLIENT_SECRET", optional: true },
        { name: "gate-secrets", key: "SESSION_SECRET", optional: true },
      ]);
      const named = bySecret.map(({ name }: Variable) => name);
      expect(named).toEqual(expect.arrayContaining([...variableNames()].filter((name) => /_(KEY|SECRET)$/.test(name))));
      expect(env).toContainEqual({ name: "MIGRATE_ON_START", value: "false" });
      for (const [name, value] of Object.entries(SETTINGS)) expect(env).toContainEqual({ name, value });
      expect(new Set(env.map(({ name }: Variable) => name)).size).toBe(env.length);
    }
  });

  it.for([
    ["a name that is misspelled", "autoscalling.enabled=false", "autoscalling"],
    ["a name that is misspelled below another", "ingress.hosts=gate.example", "hosts"],
    ["a wrong type", "shutdownGraceMs=30s", "shutdownGraceMs"],
    ["too small a number", "replicas=0", "replicas"],
    ["a word that is none of its list", "image.pullPolicy=Sometimes", "pullPolicy"],
    ["a list in the place of a variable", "env.CORS_ORIGINS={a,b}", "CORS_ORIGINS"],
  ] as const)("refuses %s, and names it", ([, value, named]) => {
    const { status, stderr } = renderChart([...NEEDED, value]);
    expect([status, stderr]).toEqual([1, expect.stringContaining(named)]);
  });

  it("has a rule for each value", () => {
    const read = (file: string) => parse(readFileSync(`deploy/helm/tollgate/${file}`, "utf8"));
    expect(Object.keys(read("values.schema.json").properties).sort()).toEqual(
      ["global", ...Object.keys(read("values.yaml"))].sort(),
    );
  });

  it("names only ports that there are, and selects only the gateway's pods", () => {
    const { one } = renderChart(EVERYTHING);
    const { template, selector } = one("Deployment").spec;
    const [gateway] = template.spec.containers;
    const ports = gateway.ports.map(({ name }: { name: string }) => name);
    for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"])
      expect(ports, probe).toContain(gateway[probe].httpGet.port);
    const portOf = (name: string) => gateway.env.find((variable: Variable) => variable.name === name).value;
    expect(gateway.ports).toEqual([
      { name: "http", containerPort: Number(portOf("PORT")) },
      { name: "metrics", containerPort: Number(portOf("METRICS_PORT")) },
    ]);
    const service = one("Service");
    expect(service.spec.ports.map(({ targetPort }: { targetPort: string }) => targetPort)).toEqual(ports);
    expect(one("ServiceMonitor").spec.endpoints[0].port).toBe(service.spec.ports[1].name);
    expect(one("Ingress").spec.rules[0].http.paths[0].backend.service).toEqual({
      name: service.metadata.name,
      port: { name: service.spec.ports[0].name },
    });
    const { labels } = template.metadata;
    for (const selected of [
      selector.matchLabels,
      service.spec.selector,
      one("PodDisruptionBudget").spec.selector.matchLabels,
      one("NetworkPolicy").spec.podSelector.matchLabels,
      template.spec.topologySpreadConstraints[0].labelSelector.matchLabels,
    ]) {
      expect(labels).toMatchObject(selected);
      expect(one("Job").spec.template.metadata.labels).not.toMatchObject(selected);
    }
    expect(service.metadata.labels).toMatchObject(one("ServiceMonitor").spec.selector.matchLabels);
    expect(one("HorizontalPodAutoscaler").spec.scaleTargetRef.name).toBe(one("Deployment").metadata.name);
    expect(template.spec.serviceAccountName).toBe(one("ServiceAccount").metadata.name);
  });

  it("starts the image as its Dockerfile says: as its user, with a root file system that is read-only", () => {
    const { one } = renderChart(EVERYTHING);
    for (const { spec } of [one("Deployment").spec.template, one("Job").spec.template]) {
      expect(`${spec.securityContext.runAsUser}:${spec.securityContext.runAsGroup}`).toBe(lastOf(image, "USER"));
      expect(spec.automountServiceAccountToken).toBe(false);
      expect(spec.containers[0].securityContext).toMatchObject({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
      });
    }
    expect(one("Job").metadata.annotations["helm.sh/hook"]).toBe("pre-install,pre-upgrade");
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    const chart = parse(readFileSync("deploy/helm/tollgate/Chart.yaml", "utf8"));
    expect([chart.version, chart.appVersion]).toEqual([version, version]);
    expect(one("Deployment").spec.template.spec.containers[0].image).toBe(`tollgate:${version}`);
  });

  it.for([30_000, 120_000])("gives a pod more time to stop than its calls have, if they have %i ms", (graceMs) => {
    const { spec } = renderChart([...NEEDED, `shutdownGraceMs=${graceMs}`]).one("Deployment").spec.template;
    const [{ lifecycle, env }] = spec.containers;
    expect(env).toContainEqual({ name: "SHUTDOWN_GRACE_MS", value: String(graceMs) });
    const preStopSeconds = Number(lifecycle.preStop.exec.command[1]);
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(graceMs / 1_000 + preStopSeconds + 5);
  });

  it("scales on open streams beside processor time, or on processor time alone", () => {
    const metricsOf = (values: string[]) =>
      renderChart([...NEEDED, ...values]).one("HorizontalPodAutoscaler").spec.metrics;
    expect(metricsOf([])).toEqual([
      { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
      {
        type: "Pods",
        pods: {
          metric: { name: "tollgate_open_streams" },
          target: { type: "AverageValue", averageValue: "1000" },
        },
      },
    ]);
    expect(metricsOf(["autoscaling.openStreams=0"])).toHaveLength(1);
  });
});

interface Variable {
  readonly name: string;
  readonly valueFrom: { readonly secretKeyRef: object };
}
