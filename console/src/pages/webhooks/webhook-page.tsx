import { PageHead } from "../../ui/page-head";

export function WebhookPage() {
  return <PageHead title="Webhook" />;
}
