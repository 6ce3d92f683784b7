import { PageHead } from "../../ui/page-head";

export function TeamPage() {
  return <PageHead title="Team" />;
}
