import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseAllDocuments } from "yaml";

const CHART = "deploy/helm/tollgate";

// biome-ignore lint/suspicious/noExplicitAny: tests pick from objects whose shape they state themselves.
export type KubernetesObject = any;

/** Whether this machine has helm; CI must. */
export function hasHelm(): boolean {
  const found = spawnSync("helm", ["version"]).status === 0;
  if (!found && process.env.REQUIRE_HELM) throw new Error("REQUIRE_HELM is set, and helm was not found: install it.");
  return found;
}

interface Rendered {
  readonly status: number | null;
  readonly stderr: string;
  readonly objects: readonly KubernetesObject[];
  /** The only object of a kind. */
  one(kind: string): KubernetesObject;
}

/** What helm makes of the chart with these values, such as "ingress.enabled=true". */
export function renderChart(values: readonly string[]): Rendered {
  const { status, stdout, stderr } = helm(["template", "gate", CHART, ...values.flatMap((value) => ["--set", value])]);
  const objects = parseAllDocuments(stdout)
    .map((document) => document.toJS({ maxAliasCount: 0 }))
    .filter((object) => object !== null);
  const one = (kind: string) => {
    const [found, ...more] = objects.filter((object) => object.kind === kind);
    if (!found || more.length > 0) throw new Error(`The chart has ${found ? "several" : "no"} ${kind}.`);
    return found;
  };
  return { status, stderr, objects, one };
}

export const lintChart = (values: readonly string[]) =>
  helm(["lint", "--strict", CHART, ...values.flatMap((value) => ["--set", value])]);

function helm(args: readonly string[]) {
  return spawnSync("helm", args, { encoding: "utf8" });
}

/** Where the types of Kubernetes' API have each kind. */
const TYPES: Readonly<Record<string, string>> = {
  "apps/v1": "apps/v1",
  "autoscaling/v2": "autoscaling/v2",
  "batch/v1": "batch/v1",
  "networking.k8s.io/v1": "networking/v1",
  "policy/v1": "policy/v1",
  v1: "core/v1",
};

/**
 * Has TypeScript compare objects with the types of Kubernetes' API: no unknown field, no missing one, no wrong type.
 * Returns what it says. Kinds that are not Kubernetes' own are left out.
 */
export function typeErrorsOf(objects: readonly KubernetesObject[]): string {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-chart-"));
  const known = objects.filter(({ apiVersion }) => TYPES[apiVersion]);
  const lines = known.map((object, index) => {
    const type = `import("kubernetes-types/${TYPES[object.apiVersion]}").${object.kind}`;
    return `export const object${index}: ${type} = ${JSON.stringify(object, null, 2)};`;
  });
  writeFileSync(join(folder, "objects.ts"), lines.join("\n"));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  const compilerOptions = { strict: true, noEmit: true, module: "preserve", types: [], skipLibCheck: true };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["objects.ts"] }));
  const { stdout } = spawnSync(resolve("node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return stdout;
}
