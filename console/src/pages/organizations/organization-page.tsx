import { PageHead } from "../../ui/page-head";

export function OrganizationPage() {
  return <PageHead title="Organization" />;
}
