import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip, constants as zlib } from "node:zlib";
import { build } from "vite";
import { listOperations } from "./list-operations.mjs";

const compressors = [
  [".br", (bytes) => promisify(brotliCompress)(bytes, { params: { [zlib.BROTLI_PARAM_QUALITY]: 11 } })],
  [".gz", (bytes) => promisify(gzip)(bytes, { level: 9 })],
];

/**
 * Builds the console into `outDir`, with the list of its operations. Beside each file of text stands what a browser gets of it: compressed, once and for
 * all, so that no request has to wait for that.
 */
export async function bundleConsole(outDir) {
  const configFile = fileURLToPath(new URL("../../console/vite.config.ts", import.meta.url));
  await build({ configFile, logLevel: "warn", build: { outDir: resolve(outDir) } });
  writeFileSync(join(outDir, "operations.json"), JSON.stringify(listOperations()));
  const assets = join(outDir, "assets");
  const texts = readdirSync(assets).filter((name) => /\.(js|css|svg)$/.test(name));
  const sizes = await Promise.all(texts.map((name) => compress(join(assets, name))));
  const sum = sizes.reduce((total, size) => total + size, 0);
  return `${(sum / 1e3).toFixed(0)} kB compressed, in ${texts.length} files`;
}

/** Writes the compressed forms of a file, and returns the size of the first, in bytes. */
async function compress(path) {
  const bytes = readFileSync(path);
  const forms = await Promise.all(compressors.map(([, compressed]) => compressed(bytes)));
  forms.forEach((form, index) => {
    writeFileSync(path + compressors[index][0], form);
  });
  return forms[0].length;
}
