import { PageHead } from "../../ui/page-head";

export function JobPage() {
  return <PageHead title="Job" />;
}
