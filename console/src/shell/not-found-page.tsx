import { PageHead } from "../ui/page-head";

export function NotFoundPage() {
  return (
    <>
      <PageHead title="There is no such page" />
      <p className="text-dim">Choose one from the list of pages.</p>
    </>
  );
}
