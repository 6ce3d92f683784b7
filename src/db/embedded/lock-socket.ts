import { chmodSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { systemCode } from "../../lib/system-code.js";

/** The longest address of a socket that every system takes. Linux takes 107 bytes, macOS 103. */
const ADDRESS_BYTES_MAX = 100;

/** Nobody listens: the process has ended, the name is gone, or a backup brought a plain file. */
const SILENT = new Set(["ECONNREFUSED", "ENOENT", "ENOTSOCK"]);
/** Somebody listens, but has not answered those who asked before. A process that was stopped with SIGSTOP does so. */
const BUSY = "EAGAIN";

/**
 * Listens on a socket in a directory for as long as this process lives, and tells nothing to those who connect. Returns
 * the function that ends it. It does not keep the process alive.
 */
export function listenIn(folder: string, name: string): Promise<() => Promise<void>> {
  return withAddress(folder, name, async (address) => {
    const server = createServer((connection) => connection.destroy()).unref();
    await new Promise<void>((listening, reject) => server.once("error", reject).listen(address, listening));
    // A connection that cannot be accepted has been answered by the kernel all the same.
    server.on("error", () => undefined);
    // Whoever may read the directory may ask.
    chmodSync(address, 0o666);
    return () => new Promise<void>((closed) => void server.close(() => closed()));
  });
}

/** Whether a living process listens on a socket in a directory. Throws if that cannot be found out. */
export function isListening(folder: string, name: string): Promise<boolean> {
  return withAddress(
    folder,
    name,
    (address) =>
      new Promise<boolean>((answer, reject) => {
        const connection = createConnection(address);
        connection.on("connect", () => {
          connection.destroy();
          answer(true);
        });
        connection.on("error", (error) => {
          const code = systemCode(error) ?? "";
          if (code === BUSY) answer(true);
          else if (SILENT.has(code)) answer(false);
          else reject(error);
        });
      }),
  );
}

/** Does the work with an address that is short enough: by way of a link if the directory's path is long. */
async function withAddress<Result>(
  folder: string,
  name: string,
  work: (address: string) => Promise<Result>,
): Promise<Result> {
  const address = join(folder, name);
  if (Buffer.byteLength(address) <= ADDRESS_BYTES_MAX) return work(address);
  const detour = mkdtempSync(join(tmpdir(), "tollgate-"));
  try {
    symlinkSync(resolve(folder), join(detour, "d"));
    return await work(join(detour, "d", name));
  } finally {
    rmSync(detour, { recursive: true, force: true });
  }
}
