import { pipeline, type Readable, Transform, type TransformCallback } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import { entryOf } from "../../lib/json/entry-of.js";

/** A chain of proxies makes two or three. Each takes memory, and an upstream may name thousands. */
const ENCODINGS_MAX = 4;

/**
 * Returns the bytes of a body without its content-encodings. The gateway asks for none, but some proxies compress all the
 * same. An encoding that is not known here is left as it is, and so are too many of them.
 */
export function decodedBody(body: Readable, contentEncoding: string | undefined): Readable {
  const encodings = (contentEncoding ?? "").split(",").map((name) => name.trim().toLowerCase());
  if (encodings.length > ENCODINGS_MAX) return body;
  return encodings.reduceRight<Readable>((bytes, name) => {
    const decoder = entryOf(DECODERS, name)?.();
    // The failure of a body ends its decoder, whose reader then gets it.
    return decoder ? pipeline(bytes, decoder, () => undefined) : bytes;
  }, body);
}

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  br: createBrotliDecompress,
  deflate: () => new Inflate(),
};

/** "deflate" means the format of zlib, but some servers send it without its header. The first byte tells which it is. */
class Inflate extends Transform {
  private inflate: Transform | undefined;

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.inflate ??= this.begin(bytes);
    this.inflate.write(bytes, () => done());
  }

  override _flush(done: TransformCallback): void {
    if (this.inflate) this.inflate.once("end", () => done()).end();
    else done();
  }

  private begin([first = 0]: Buffer): Transform {
    const inflate = (first & 0x0f) === 0x08 ? createInflate() : createInflateRaw();
    inflate.on("data", (bytes: Buffer) => void this.push(bytes)).on("error", (error) => this.destroy(error));
    return inflate;
  }
}
