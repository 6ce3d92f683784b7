import { PageHead } from "../../ui/page-head";

export function OrganizationsPage() {
  return <PageHead title="Organizations" />;
}
