import { PageHead } from "../../ui/page-head";

export function PlaygroundPage() {
  return <PageHead title="Playground" />;
}
