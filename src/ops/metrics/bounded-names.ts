/**
 * Keeps a label within bounds. The first names that come keep their own value, and every later one is "other": each
 * value of a label is a series of its own, which is kept in memory here and in Prometheus.
 */
export class BoundedNames {
  private readonly names = new Set<string>();

  constructor(private readonly max: number) {}

  of(name: string): string {
    if (this.names.has(name)) return name;
    if (this.names.size >= this.max) return "other";
    this.names.add(name);
    return name;
  }
}
