import { PageHead } from "../../ui/page-head";

export function WebhooksPage() {
  return <PageHead title="Webhooks" />;
}
