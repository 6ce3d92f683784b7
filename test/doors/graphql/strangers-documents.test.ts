import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ADMIN, JSON_TYPE, post, refusalOf, type Sent, send } from "../../kit/clients/http.js";
import { BEFORE, OF_STRANGERS, varied, WORST } from "../../kit/documents/worst-documents.js";
import { useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();
const shapes = Object.entries(WORST);
/** Those that are longer than strangers may send, if they are as long as anybody may. */
const isLong = ({ body = "" }: Sent) => body.length > OF_STRANGERS.bodyBytes;
const long = shapes.filter(([, shape]) => isLong(shape(BEFORE)));

/** A document of this length for the reading of which nobody is refused. */
const HELLO = "{ __typename }";

describe("without a valid credential", () => {
  it.each(long)("a body is refused before it is received if it is long: %s", async (_, shape) => {
    const refusal = refusalOf(await send(gateway, shape(BEFORE)));
    expect(refusal).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    expect(refusal.message).toContain("at most 32768 bytes");
  });

  it.each<[string, Sent]>([
    ["compressed", { headers: { ...JSON_TYPE, "content-encoding": "gzip" }, body: String(gzipSync(HELLO)) }],
    [
      "in chunks",
      { headers: { ...JSON_TYPE, "transfer-encoding": "chunked" }, body: JSON.stringify({ query: HELLO }) },
    ],
    ["for an event stream", { path: "/graphql/stream", headers: JSON_TYPE, body: JSON.stringify({ query: HELLO }) }],
  ])("a body is refused before it is received: %s", async (_, sent) => {
    const refusal = refusalOf(await send(gateway, { method: "POST", ...sent }));
    expect(refusal).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
  });

  it.each([
    ["8,192 characters", HELLO.padEnd(8_192), HELLO.padEnd(8_193)],
    ["500 lines", `${"\n".repeat(499)}${HELLO}`, `${"\r".repeat(500)}${HELLO}`],
  ])("a document has at most %s", async (_, accepted, refused) => {
    expect((await post(gateway, accepted, JSON_TYPE)).status).toBe(200);
    const refusal = refusalOf(await post(gateway, refused, JSON_TYPE));
    expect(refusal).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    expect(refusal.message).toBe("Without a valid credential a document has at most 8192 characters and 500 lines.");
    expect((await post(gateway, refused)).status).toBe(200);
  });

  it.each(shapes)("an answer is short, and tells few errors of a document: %s", async (_, shape) => {
    const { text } = await send(gateway, shape(OF_STRANGERS));
    const { errors = [], data } = JSON.parse(text);
    if (!data) expect(errors.length).toBeLessThanOrEqual(6);
    expect(text.length).toBeLessThan(600_000);
  });

  it("no document takes as much of the processor as ten introspections", { timeout: 120_000 }, async () => {
    const introspection = await processorTimeOf(WORST["introspection with all options"]?.(OF_STRANGERS) ?? {});
    for (const [name, shape] of shapes)
      expect((await processorTimeOf(shape(OF_STRANGERS))) / introspection, name).toBeLessThan(10);
  });
});

/** The median of the processor time of the process, which is the gateway and a client that only sends and reads. */
async function processorTimeOf(sent: Sent): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage();
    await send(gateway, varied(sent, round));
    const { user, system } = process.cpuUsage(before);
    times.push(user + system);
  }
  return times.sort((one, other) => one - other)[2] ?? Number.NaN;
}

describe("with a key", () => {
  it.each(["a variable of wrong names", "a variable of wrong values"])(
    "the errors of variables are few, and do not repeat the whole value: %s",
    async (name) => {
      const sent = WORST[name]?.(BEFORE) ?? {};
      const reply = await send(gateway, { ...sent, headers: ADMIN });
      const { errors } = JSON.parse(reply.text);
      expect(reply.status).toBe(400);
      expect(errors).toHaveLength(11);
      expect(reply.text.length).toBeLessThan(30_000);
    },
  );

  it("a string that does not end is read once", async () => {
    const sent = WORST["a long string that does not end"]?.(BEFORE) ?? {};
    const refused = await processorTimeOf({ ...sent, headers: ADMIN });
    const ended = await processorTimeOf({
      ...sent,
      headers: ADMIN,
      body: sent.body?.replace(/"}$/, '\\"x:1) }"}') ?? "",
    });
    // It took a thousand times as long.
    expect(refused / ended).toBeLessThan(20);
  });
});
