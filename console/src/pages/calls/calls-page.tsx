import { PageHead } from "../../ui/page-head";

export function CallsPage() {
  return <PageHead title="Calls" />;
}
