import { Webhook } from "standardwebhooks";

/** A request as the Standard Webhooks specification has it. */
export interface SignedRequest {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Signs what is posted, with each of the secrets: while one is replaced by another, a receiver may have either. */
export function signEvent(eventId: string, body: string, secrets: readonly string[], now: Date): SignedRequest {
  return {
    body,
    headers: {
      "content-type": "application/json",
      "webhook-id": eventId,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
      "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(eventId, now, body)).join(" "),
    },
  };
}
