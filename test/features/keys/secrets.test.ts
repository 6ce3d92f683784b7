import { createHash } from "node:crypto";
import { request } from "node:http";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { CREATE_KEY, REVOKE } from "../../kit/credentials.js";
import { allRows } from "../../kit/database/tables.js";
import { ADMIN_KEY, useGateway } from "../../kit/gateway/gateway.js";
import { error } from "../../kit/upstream/upstream-behaviours.js";
import { CREATE_JOB, RUN_LLM_CALL, type TestTeam } from "../../kit/world.js";

describe("a secret", () => {
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  const gateway = useGateway({ log, upstream: "scripted" });

  it("is in the answer that makes it, and afterwards in no answer and no log line, and in a row only as its hash", async () => {
    const group = await gateway.world.modelGroup(["failing", "answering"]);
    const team = await gateway.world.team({ groups: [group] });
    const { createVirtualKey } = await gateway.admin.data(CREATE_KEY, { input: { teamId: team.id, name: "second" } });
    const secrets = [team.secret, createVirtualKey.virtualKey];
    gateway.upstream.on("failing", error(500));

    const answers = [
      ...(await Promise.all(secrets.map((secret) => useEverything(secret, team)))),
      await provoke(secrets),
    ];
    const seen = answers.flat().join("\n");
    for (const secret of secrets) {
      const hash = createHash("sha256").update(secret).digest();
      const hidden = [secret.slice(3), secret.slice(20), hash.toString("hex"), hash.toString("base64")];
      for (const text of hidden) expect(seen).not.toContain(text);
      for (const text of hidden) expect(lines.join("")).not.toContain(text);
      const rows = (await allRows(gateway.database.db)).join("\n");
      expect(rows).toContain(hash.toString("hex"));
      expect(rows).not.toContain(secret.slice(3));
    }
    for (const key of [ADMIN_KEY, "sk-upstream"]) {
      expect(seen).not.toContain(key);
      expect(lines.join("")).not.toContain(key);
      expect((await allRows(gateway.database.db)).join("\n")).not.toContain(key);
    }
    expect(seen).toContain(team.secret.slice(0, 11));
    expect(lines.join(""), "the call that failed over is in the log").toContain('"model":"failing"');
  });

  /** Answers of all reads and of a call, as they come. */
  async function useEverything(secret: string, team: TestTeam): Promise<string[]> {
    const client = gateway.client(secret);
    const answers: unknown[] = [];
    const { createJob } = await client.data(CREATE_JOB, { input: { jobType: "test" } });
    const input = { jobId: createJob.id, modelGroup: team.modelGroup, messages: [{ role: "USER", content: "Hello" }] };
    answers.push(await client.send(RUN_LLM_CALL, { input }));
    const KEY = "virtualKeys { id name prefix status createdAt expiresAt lastUsedAt }";
    const reads = `{ viewer { ... on TeamViewer { key { id prefix name } team { ${KEY} creditEntries { nodes { actor reason } } } } }
      teams { nodes { ${KEY} metadata } } jobs { nodes { metadata llmCalls { nodes { metadata content } } } } }`;
    for (const reader of [client, gateway.admin]) answers.push(await reader.send(reads));
    answers.push(await client.send("mutation { suspendTeam(id: 5) { id } }"), await client.send("{ nothing"));
    answers.push(await gateway.admin.send(REVOKE, { id: newId() }));
    return answers.map((answer) => JSON.stringify(answer));
  }

  /** Answers to requests that cannot be served, which are what gets logged. */
  async function provoke(secrets: string[]): Promise<string[]> {
    const answers = [];
    for (const secret of secrets) {
      answers.push(await post(`Bearer ${secret}`, "{ not json"));
      answers.push(await post(`Bearer ${secret} `, "[]"));
      answers.push(await post(`Basic ${secret}`, '{ "query": "{ viewer { __typename } }" }'));
    }
    answers.push(await post(`Bearer ${ADMIN_KEY}`, "{ not json"));
    return answers;
  }

  function post(authorization: string, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = { authorization, "content-type": "application/json", connection: "close" };
      const sent = request(`${gateway.url}/graphql`, { method: "POST", headers }, (response) => {
        let text = JSON.stringify(response.headers);
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () => resolve(text));
      });
      sent.on("error", reject).end(body);
    });
  }
});
