/** Figures for whoever reads the output of the tests. */
export function report(what: string, figures: Readonly<Record<string, unknown>>): void {
  console.info(`${what}: ${JSON.stringify(figures)}`);
}
