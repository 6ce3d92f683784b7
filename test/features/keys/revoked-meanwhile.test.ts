import { EventEmitter, once } from "node:events";
import { expect, it } from "vitest";
import type { Sql } from "../../../src/db/statement.js";
import { KeyHolders } from "../../../src/features/keys/holders/key-holders.js";
import { REVOKE } from "../../kit/credentials.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();

it("A key that is revoked while it is looked up is not remembered as valid.", async () => {
  const team = await gateway.world.team();
  const moments = new EventEmitter();
  const read = once(moments, "read");
  const revoked = once(moments, "revoked");
  const { sql } = gateway.database;
  const slow: Sql = {
    query: sql.query.bind(sql),
    run: async (statement, values) => {
      const rows = await sql.run(statement, values);
      moments.emit("read");
      await revoked;
      return rows;
    },
  };
  const holders = new KeyHolders(slow, new FakeClock());
  const first = holders.viewerOf(team.secret, "test");
  await read;
  await gateway.admin.data(REVOKE, { id: team.keyId });
  holders.forget(team.id);
  moments.emit("revoked");
  await first;
  expect((await holders.viewerOf(team.secret, "test")).kind).toBe("anonymous");
});
