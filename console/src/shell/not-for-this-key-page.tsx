import { PageHead } from "../ui/page-head";

export function NotForThisKeyPage() {
  return (
    <>
      <PageHead title="This page is not for you" />
      <p className="text-dim">
        What you are signed in with may not see it. Choose a page from the list, or sign in with another key.
      </p>
    </>
  );
}
