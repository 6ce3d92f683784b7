// Takes events of a webhook, checks that they come from the gateway, and prints them. TOLLGATE_WEBHOOK_SECRET is what
// createWebhook answered with; PORT is where it listens on this machine.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

interface Event {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const webhook = new Webhook(process.env.TOLLGATE_WEBHOOK_SECRET ?? "");
/** An event may come twice. A real receiver keeps the ids of a day or two where all of its processes see them. */
const seen = new Set<string>();

const server = createServer(async (request, response) => {
  const id = String(request.headers["webhook-id"]);
  try {
    // The signature is made of the body as it came, byte by byte.
    const event = webhook.verify(await text(request), request.headers as Record<string, string>) as Event;
    if (!seen.has(id)) console.log(event.type, JSON.stringify(event.data));
    seen.add(id);
    response.writeHead(204).end();
  } catch {
    response.writeHead(401).end();
  }
});

server.listen(Number(process.env.PORT ?? 4000), "127.0.0.1", () => {
  const address = server.address();
  console.log(`Listening on port ${typeof address === "object" ? address?.port : address}.`);
});
