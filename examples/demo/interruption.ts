const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Someone ended the demo. No step has failed. */
export class Interrupted extends Error {
  constructor(readonly exitCode: number) {
    super("Interrupted.");
  }
}

/** Aborts with Interrupted at Ctrl-C or SIGTERM, so that the gateway can be closed. A second signal ends the process. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => controller.abort(new Interrupted(EXIT_CODES[name])));
  return controller.signal;
}
