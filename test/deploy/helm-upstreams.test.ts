import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "../../src/config/config.js";
import { hasHelm, type KubernetesObject, lintChart, renderChart, typeErrorsOf } from "../kit/deploy/chart.js";

const NEEDED = ["existingSecret=gate-secrets"];
const UPSTREAMS = [
  ...NEEDED,
  "upstreams[0].name=openai",
  "upstreams[0].kind=openai",
  "upstreams[0].apiKeyEnv=OPENAI_API_KEY",
  "upstreams[0].concurrencyMax=2000",
  "upstreams[1].name=local",
  "upstreams[1].kind=openai-compatible",
  "upstreams[1].url=http://vllm:8000/v1",
  "upstreams[1].apiKeyEnv=OPENAI_API_KEY",
  "upstreams[1].headers.x-tenant=gateway",
  "upstreams[1].headers.x-token.env=VLLM_TOKEN",
  "upstreams[2].name=own",
  "upstreams[2].kind=openai-compatible",
  "upstreams[2].url=http://own:8000/v1",
  "upstreams[2].apiKeyEnv=UPSTREAM_API_KEY",
];

const valuesIn = ({ env }: KubernetesObject): Record<string, string> =>
  Object.fromEntries(env.flatMap(({ name, value }: Variable) => (value === undefined ? [] : [[name, value]])));
const keysIn = ({ env }: KubernetesObject): unknown[] =>
  env.flatMap(({ valueFrom }: Variable) => (valueFrom ? [valueFrom.secretKeyRef] : []));

describe.runIf(hasHelm())("upstreams in the Helm chart", () => {
  it("are a file that the gateway reads as it stands, with the keys out of the Secret", () => {
    const { status, stderr, objects, one } = renderChart(UPSTREAMS);
    expect(status, stderr).toBe(0);
    expect(typeErrorsOf(objects)).toBe("");
    expect(lintChart(UPSTREAMS)).toMatchObject({ status: 0 });
    const { spec } = one("Deployment").spec.template;
    const [gateway] = spec.containers;
    const keys = keysIn(gateway);
    expect(keys.slice(-2)).toEqual([
      { name: "gate-secrets", key: "OPENAI_API_KEY" },
      { name: "gate-secrets", key: "VLLM_TOKEN" },
    ]);
    expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(keys.length);

    const path = valuesIn(gateway).UPSTREAMS ?? "";
    const mount = gateway.volumeMounts.find(({ mountPath }: Mount) => path.startsWith(`${mountPath}/`));
    const volume = spec.volumes.find(({ name }: Mount) => name === mount.name);
    const map = one("ConfigMap");
    expect([mount.readOnly, volume.configMap.name]).toEqual([true, map.metadata.name]);
    const folder = mkdtempSync(join(tmpdir(), "tollgate-chart-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "upstreams.json");
    writeFileSync(file, map.data[path.slice(mount.mountPath.length + 1)]);
    const secrets = { OPENAI_API_KEY: "sk-openai", VLLM_TOKEN: "token", UPSTREAM_API_KEY: "sk-own" };
    expect(readConfig({ SIMULATED: "off", UPSTREAMS: file, ...secrets }).upstreams).toMatchObject([
      { name: "openai", kind: "openai", apiKey: "sk-openai", concurrencyMax: 2_000 },
      { name: "local", apiKey: "sk-openai", headers: { "x-tenant": "gateway", "x-token": "token" } },
      { name: "own", apiKey: "sk-own" },
    ]);
  });

  it("are nothing to the migration, which runs before the chart has its file", () => {
    const [migrate] = renderChart(UPSTREAMS).one("Job").spec.template.spec.containers;
    expect(valuesIn(migrate)).not.toHaveProperty("UPSTREAMS");
    expect(keysIn(migrate)).toEqual(keysIn(renderChart(NEEDED).one("Job").spec.template.spec.containers[0]));
  });

  it("are read again by new pods if they change, and are not there if there are none", () => {
    const podOf = (values: readonly string[]) => renderChart(values).one("Deployment").spec.template;
    const annotations = podOf(UPSTREAMS).metadata.annotations;
    expect(podOf([...UPSTREAMS, "upstreams[0].tokenMs=1"]).metadata.annotations).not.toEqual(annotations);
    expect(podOf([...UPSTREAMS, "replicas=3"]).metadata.annotations).toEqual(annotations);
    expect(podOf([...UPSTREAMS, "podAnnotations.own=x"]).metadata.annotations).toEqual({ ...annotations, own: "x" });
    expect(podOf(NEEDED).metadata).not.toHaveProperty("annotations");
    expect(renderChart(NEEDED).objects.map(({ kind }) => kind)).not.toContain("ConfigMap");
  });

  it.for([
    ["one without a kind", "upstreams[0].name=openai", "'kind'"],
    ["a text", "upstreams=openai", "upstreams"],
  ] as const)("are refused if they are %s", ([, value, named]) => {
    const { status, stderr } = renderChart([...NEEDED, value]);
    expect([status, stderr]).toEqual([1, expect.stringContaining(named)]);
  });
});

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: object };
}

interface Mount {
  readonly name: string;
  readonly mountPath: string;
}
