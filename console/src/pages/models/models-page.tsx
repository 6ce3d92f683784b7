import { PageHead } from "../../ui/page-head";

export function ModelsPage() {
  return <PageHead title="Models" />;
}
