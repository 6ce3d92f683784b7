import { PageHead } from "../../ui/page-head";

export function TeamsPage() {
  return <PageHead title="Teams" />;
}
