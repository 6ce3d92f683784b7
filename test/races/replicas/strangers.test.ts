import { describe, expect, it } from "vitest";
import { type Events, textOf } from "../../kit/clients/ws.js";
import { canReplicate, useReplicas } from "../../kit/gateway/replicas.js";
import { type RemoteCall, remoteCall } from "../../kit/streams/remote-call.js";

/** Entries that no gateway writes, as fields and values one after the other. */
const ENTRIES: readonly (readonly [string, ...string[]])[] = [
  ["a", "b"],
  ["last", "3", "items", "[{"],
  ["last", "3", "items", "null"],
  ["last", "3", "items", '[{"type":"finished","call":{"status":"SUCCEEDED","content":"Wrong"}}]'],
  ["last", "3", "items", '[{"type":"text-delta","content":7}]'],
  ["last", "3", "items", '[{"type":"text-delta","content":"Wrong","more":1}]'],
  ["last", "3", "items", '[{"type":"__proto__"}]'],
  ["last", "3", "items", '["text-delta"]'],
  ["last", "-1", "items", "[]"],
  ["last", "1e9", "items", "[]"],
  ["last", "99999999999", "items", "[]"],
  ["last", "40", "items", '[{"type":"text-delta","content":"Wrong"}]'],
  ["last", "0", "items", '[{"type":"text-delta","content":"Wrong"}]'],
  ["last", "50", "state", '{"content":"Wrong"}'],
  [
    "last",
    "50",
    "state",
    '{"content":["Wrong"],"reasoning":"","reasoningField":"reasoning","toolCalls":[],"restarts":0}',
  ],
  ["last", "2", "items", "[]", "end", "9"],
  ["last", "2", "items", "[]", "answers", "{"],
];

/** So deep that whoever goes through it runs out of stack. */
const DEEP = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;

const NEWS = [
  "",
  "{",
  "[]",
  "null",
  '{"watched":"all","asked":7,"changed":{}}',
  '{"watched":[7,null],"asked":[["log"],[1,2],"log:x"],"changed":["","nothing","job:","access:",7]}',
  '{"asked":[["log:00000000-0000-0000-0000-000000000000","x"],["job:1","x"]],"changed":["cancel:1","close:1","call:1"]}',
];

describe.runIf(canReplicate())("what strangers write into Redis", { timeout: 120_000 }, () => {
  const replicas = useReplicas();
  const redis = () => replicas.redis.client;
  const keyOf = ({ id }: RemoteCall) => `tollgate:log:${id}`;

  async function followed(): Promise<{ call: RemoteCall; events: Events }> {
    const call = await remoteCall(replicas);
    const events = replicas.socket(replicas.b, call.team).follow(call.id);
    await events.until("LlmCallDelta");
    return { call, events };
  }

  async function expectWhole({ call, events }: { call: RemoteCall; events: Events }): Promise<void> {
    call.upstream.text("upon ");
    call.upstream.text("a time");
    call.upstream.finish();
    await events.rest();
    expect(textOf(events.seen)).toBe("Once upon a time");
    expect(events.seen.at(-1)).toMatchObject({ __typename: "LlmCallFinished", call: { status: "SUCCEEDED" } });
  }

  it("into the stream of a call is passed over", async () => {
    const { call, events } = await followed();
    for (const fields of ENTRIES) await redis().xadd(keyOf(call), "*", ...fields);
    await expectWhole({ call, events });
    for (const fields of ENTRIES) await redis().xadd(keyOf(call), "*", ...fields);
    const late = replicas.socket(replicas.c, call.team).follow(call.id);
    await late.rest();
    expect(textOf(late.seen)).toBe("Once upon a time");
  });

  it("into the news is passed over", async () => {
    const { call, events } = await followed();
    for (const text of NEWS) await redis().xadd("tollgate:news", "*", "by", "a stranger", "news", text);
    await redis().xadd("tollgate:news", "*", "news", "{}");
    await expectWhole({ call, events });
  });

  it("may be nested too deeply for anyone: the other calls are followed all the same", async () => {
    const [spoiled, other] = [await followed(), await followed()];
    const items = `[{"type":"extension","at":"answer","fields":${DEEP}}]`;
    await redis().xadd(keyOf(spoiled.call), "*", "last", "3", "items", items);
    await expectWhole(other);
    await expectWhole(spoiled);
    await expectWhole(await followed());
  });

  it("may be nothing: the stream of a call is deleted, again and again", async () => {
    const { call, events } = await followed();
    for (const word of ["upon ", "a "]) {
      await redis().del(keyOf(call));
      call.upstream.text(word);
      // The second item comes without the first, so that everything is asked for anew.
      call.upstream.text(word);
    }
    await redis().flushall();
    call.upstream.finish();
    await events.rest();
    expect(textOf(events.seen)).toBe("Once upon upon a a ");
  });

  it("may be of another type: the call is told from its row", async () => {
    const call = await remoteCall(replicas);
    await redis().del(keyOf(call));
    await redis().set(keyOf(call), "nothing to read here", "EX", 60);
    const events = replicas.socket(replicas.b, call.team).follow(call.id);
    const other = await followed();
    await expectWhole({ call, events });
    await expectWhole(other);
    await redis().del(keyOf(call));
  });
});
