import { createApp } from "../src/app.js";
import { readConfig } from "../src/config/config.js";
import { createLog } from "../src/lib/log.js";
import { startServer } from "../src/server.js";
import { ADMIN, send } from "../test/kit/clients/http.js";
import { BEFORE, OF_STRANGERS, varied, WORST } from "../test/kit/documents/worst-documents.js";

/**
 * `npx tsx bench/documents.ts` prints how much of the processor the worst requests of strangers take, client included,
 * each as the median of so many. With --with-key it has the key of the admin, and sends what is as large as strangers could
 * send before they had limits of their own.
 */
const ROUNDS = 9;
const WARM_UP_ROUNDS = 30;

const hasKey = process.argv.includes("--with-key");
const log = createLog("silent");
const server = await startServer(
  await createApp(readConfig({ PORT: "0", SIMULATED: "on", DATA_DIR: "memory" }), { log }),
);
for (let round = 0; round < WARM_UP_ROUNDS; round++)
  for (const shape of Object.values(WORST).slice(0, 3)) await send(server, shape(OF_STRANGERS));

console.log("| ms | status | answer, characters | what it has much of |\n|---|---|---|---|");
for (const [name, shape] of Object.entries(WORST)) {
  const asStranger = shape(hasKey ? BEFORE : OF_STRANGERS);
  const sent = hasKey ? { ...asStranger, headers: ADMIN } : asStranger;
  const times: number[] = [];
  let reply = await send(server, sent);
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    reply = await send(server, varied(sent, round));
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1_000);
  }
  const median = times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  console.log(`| ${median.toFixed(1)} | ${reply.status} | ${reply.text.length} | ${name} |`);
}
await server.close();
process.exit(0);
