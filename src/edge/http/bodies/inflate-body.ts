import { Readable } from "node:stream";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import type { FastifyRequest, RequestPayload } from "fastify";
import { systemCode } from "../../../lib/system-code.js";

/** The codings that a body may have, by their names in Content-Encoding. */
const CODINGS = new Map([
  ["gzip", promisify(gunzip)],
  ["x-gzip", promisify(gunzip)],
  ["deflate", promisify(inflate)],
  ["br", promisify(brotliDecompress)],
]);

/**
 * A hook before the parsing: inflates a compressed body, for every door. The limit of a body holds for its length before
 * and after, so that a small body cannot become a huge one.
 */
export async function inflateBody(request: FastifyRequest, _reply: unknown, payload: RequestPayload) {
  const coding = request.headers["content-encoding"]?.trim().toLowerCase();
  if (!coding || coding === "identity") return payload;
  const inflateAll = CODINGS.get(coding);
  if (!inflateAll) {
    const known = [...CODINGS.keys()].join(", ");
    throw refusal(415, `Content-Encoding must be one of ${known}, or be left out. A body has one coding at most.`);
  }
  const { bodyLimit } = request.routeOptions;
  const received = await read(payload, bodyLimit);
  const inflated = await inflateAll(received, { maxOutputLength: bodyLimit }).catch((error: unknown) => {
    if (systemCode(error) === "ERR_BUFFER_TOO_LARGE") throw tooLarge(bodyLimit);
    throw refusal(400, `The body is not what Content-Encoding says: it cannot be inflated as ${coding}.`);
  });
  // Fastify compares Content-Length with the encoded length.
  return Object.assign(Readable.from([inflated]), { receivedEncodedLength: received.length });
}

/** Reads the whole body. Stopping early must not close the connection, because the refusal goes out on it. */
async function read(payload: RequestPayload, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of (payload as Readable).iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw tooLarge(bytesMax);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (bytesMax: number) => refusal(413, `The body must have at most ${bytesMax} bytes, inflated too.`);

/** Fastify's own refusals are such errors, and doors answer them with their status and sentence. */
const refusal = (statusCode: number, message: string) => Object.assign(new Error(message), { statusCode });
