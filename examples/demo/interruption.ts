const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Someone wants the demo to end: not a failure of any step. */
export class Interrupted extends Error {
  constructor(readonly exitCode: number) {
    super("Interrupted.");
  }
}

/** Aborts with Interrupted at Ctrl-C or SIGTERM, so that there is time to close the gateway; a second one kills. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => controller.abort(new Interrupted(EXIT_CODES[name])));
  return controller.signal;
}
