import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isPublicAddress } from "../../../src/features/webhooks/sending/public-address.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { useReceiver } from "../../kit/webhooks/receiver.js";
import { CREATE_WEBHOOK, createWebhook, deliveriesOf, send, UPDATE_WEBHOOK } from "../../kit/webhooks/webhooks.js";

const PUBLIC = { address: "192.0.43.10", family: 4 };
const LOOPBACK = { address: "127.0.0.1", family: 4 };
const MAPPED = { address: "::ffff:127.0.0.1", family: 6 };

/** What the name of the receiver stands for, at each look-up. */
let addresses: (typeof PUBLIC)[][] = [];
let lookUps: string[] = [];
const clock = new FakeClock();
const gateway = useGateway({
  clock,
  env: { WEBHOOK_TIMEOUT_MS: "300" },
  resolve: async (hostname) => {
    lookUps.push(hostname);
    return addresses.shift() ?? [];
  },
});
const receiver = useReceiver();

beforeAll(() => gateway.server.background.stop());
beforeEach(async () => {
  await gateway.database.db.webhook.updateMany({ data: { isEnabled: false } });
  addresses = [];
  lookUps = [];
});

/** A webhook whose URL is written past the rules of input, and one test event that is sent to it. */
async function sendTo(url: string) {
  const { id } = await createWebhook(gateway.admin, { url: "https://receiver.test/", events: ["JOB_FAILED"] });
  await gateway.database.db.webhook.update({ where: { id }, data: { url } });
  await gateway.admin.data("mutation ($id: ID!) { testWebhook(id: $id) { id } }", { id });
  await send(gateway);
  return id;
}

const tries = async (id: string) => (await deliveriesOf(gateway.admin, id))[0].tries;
const REFUSED = { httpStatus: null, error: "The address of the host is not public." };
const port = () => new URL(receiver.url).port;

describe("what is connected to", () => {
  it.each(["127.0.0.1", "[::ffff:127.0.0.1]", "0x7f.1", "localhost", "[::1]"])(
    "is not a private address that stands in the URL: %s",
    async (host) => {
      addresses = [[LOOPBACK]];
      expect(await tries(await sendTo(`http://${host}:${port()}/hook`))).toMatchObject([REFUSED]);
      expect(receiver.connections).toBe(0);
    },
  );

  it.each([[[LOOPBACK]], [[MAPPED]], [[PUBLIC, LOOPBACK]], [[LOOPBACK, PUBLIC]]])(
    "is not what a name stands for, if any of it is private: %o",
    async (found) => {
      addresses = [found];
      expect(await tries(await sendTo(`http://receiver.test:${port()}/hook`))).toMatchObject([REFUSED]);
      expect(lookUps).toEqual(["receiver.test"]);
      expect(receiver.connections).toBe(0);
    },
  );

  it("is checked at each connection: a name that was public before and is private now is refused", async () => {
    addresses = [[PUBLIC], [LOOPBACK]];
    const id = await sendTo(`http://receiver.test:${port()}/hook`);
    // Nobody answers there, from here at least.
    expect((await tries(id))[0].error).not.toBe(REFUSED.error);
    await clock.advance(6_000);
    await send(gateway);
    expect((await tries(id))[1]).toMatchObject(REFUSED);
    expect(lookUps).toHaveLength(2);
    expect(receiver.connections).toBe(0);
  });
});

describe("a URL", () => {
  it.each([
    "http://receiver.test/",
    "ftp://receiver.test/",
    "receiver.test",
    "https://localhost/",
    "https://app.localhost./",
    "https://127.0.0.1/",
    "https://10.1.2.3/",
    "https://169.254.169.254/latest/meta-data",
    "https://2130706433/",
    "https://[::1]/",
    "https://[fd00::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[64:ff9b::a00:1]/",
    "https://user:password@receiver.test/",
    `https://receiver.test/${"x".repeat(2_000)}`,
    "  ",
  ])("is refused: %s", async (url) => {
    const input = { url, events: ["JOB_FAILED"] };
    const refusal = await gateway.admin.refusal("INVALID_INPUT", CREATE_WEBHOOK, { input });
    expect(refusal.extensions.field).toBe("input.url");
    expect(JSON.stringify(refusal)).not.toContain("password@");
  });

  it("is refused in the same way if it is changed", async () => {
    const { id } = await createWebhook(gateway.admin, { url: "https://receiver.test/", events: ["JOB_FAILED"] });
    const refusal = await gateway.admin.refusal("INVALID_INPUT", UPDATE_WEBHOOK, {
      input: { id, url: "https://10.0.0.1/" },
    });
    expect(refusal.extensions.field).toBe("input.url");
  });
});

it.each([
  ["8.8.8.8", true],
  ["2606:4700::1111", true],
  ["::ffff:8.8.8.8", true],
  ["0.0.0.0", false],
  ["10.0.0.1", false],
  ["100.64.0.1", false],
  ["127.8.9.1", false],
  ["169.254.169.254", false],
  ["172.16.0.1", false],
  ["192.168.0.1", false],
  ["198.18.0.1", false],
  ["224.0.0.1", false],
  ["255.255.255.255", false],
  ["::", false],
  ["::1", false],
  ["::7f00:1", false],
  ["::ffff:10.0.0.1", false],
  ["64:ff9b::7f00:1", false],
  ["2002:7f00:1::", false],
  ["fe80::1", false],
  ["fe80::1%eth0", false],
  ["fec0::1", false],
  ["fd00::1", false],
  ["ff02::1", false],
  ["", false],
  ["receiver.test", false],
])("%s is public: %s", (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});
