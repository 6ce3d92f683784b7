import { PageHead } from "../../ui/page-head";

export function JobsPage() {
  return <PageHead title="Jobs" />;
}
