import type { RequestContext } from "../../edge/context.js";

/**
 * The parts of an export, for as long as the viewer may read. If its key is revoked or its team is suspended, the export
 * breaks off, and no further part is sent.
 */
export const whileAllowed = <Part>(
  { services, viewer }: RequestContext,
  parts: AsyncIterable<Part>,
): AsyncIterable<Part> => services.accessWatch.whileAllowed(viewer, (signal) => until(signal, parts));

async function* until<Part>(signal: AbortSignal, parts: AsyncIterable<Part>): AsyncGenerator<Part, void, undefined> {
  for await (const part of parts) {
    if (signal.aborted) return;
    yield part;
  }
}
