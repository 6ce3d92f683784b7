import { PageHead } from "../../ui/page-head";

export function LivePage() {
  return <PageHead title="Live" />;
}
