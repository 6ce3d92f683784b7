import { createRequire } from "node:module";
import { expect } from "vitest";

// The package has no types and no ES module.
const parse = createRequire(import.meta.url)("parse-prometheus-text-format") as (text: string) => Family[];

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: "COUNTER" | "GAUGE" | "HISTOGRAM" | "SUMMARY";
}

type Labels = Readonly<Record<string, string>>;

interface Series {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

/** The metrics of a gateway, as a Prometheus reads them. */
export class Metrics {
  /** As a parser of others reads the text. It throws if it cannot. */
  readonly families: readonly Family[];
  readonly series: readonly Series[];

  constructor(readonly text: string) {
    this.families = parse(text);
    this.series = text.split("\n").flatMap((line) => seriesOf(line) ?? []);
  }

  /** Reads them over HTTP. */
  static async of(url: string, credential?: string): Promise<Metrics> {
    const headers: Record<string, string> = credential ? { authorization: `Bearer ${credential}` } : {};
    const response = await fetch(`${url}/metrics`, { headers });
    const text = await response.text();
    expect(response.status, text).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    return new Metrics(text);
  }

  /** The sum of the series that have this name and these labels. */
  sum(name: string, labels: Labels = {}): number {
    const fits = (series: Series) =>
      series.name === name && Object.entries(labels).every(([label, value]) => series.labels[label] === value);
    return this.series.filter(fits).reduce((sum, { value }) => sum + value, 0);
  }

  /** The values of a label, over all series of this name. */
  labels(name: string, label: string): string[] {
    const values = this.series.filter((series) => series.name === name).map(({ labels }) => labels[label]);
    return [...new Set(values)].filter((value) => value !== undefined);
  }
}

function seriesOf(line: string): Series | undefined {
  const [, name, labels = "", value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === undefined) return undefined;
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, text]) => [label, text]);
  return { name, labels: Object.fromEntries(pairs), value: value === "Nan" ? Number.NaN : Number(value) };
}
