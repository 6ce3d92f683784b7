import { expect, it } from "vitest";
import { createLog } from "../../src/lib/log.js";
import { openRedis } from "../../src/streams/redis/open-redis.js";

it("Without a URL there is no Redis, as if it were always away.", async () => {
  const { address, link, peers } = await openRedis(undefined, createLog("silent"));
  expect(address).toBeUndefined();
  expect(link.isUp).toBe(false);
  expect(await link.post(["xadd", "key", "*", "field", "value"])).toBe(false);
  const unwatch = peers.watch("job:1");
  peers.tell("job:1");
  expect(peers.isWatched("job:1")).toBe(false);
  unwatch();
});
