import { Button } from "../ui/button";
import { Note } from "../ui/note";
import { PageHead } from "../ui/page-head";

/** Stands in place of a page that cannot be shown, because a part of it was not loaded, or because of a mistake of ours. */
export function BrokenPage({ error }: { readonly error: unknown }) {
  return (
    <>
      <PageHead title="This page cannot be shown" />
      <Note tone="bad">
        <p>Load it again. If that does not help, tell who runs the gateway what stands here.</p>
        <p className="mt-1 break-words font-mono text-xs">{String(error)}</p>
        <Button className="mt-2" onClick={() => location.reload()}>
          Load it again
        </Button>
      </Note>
    </>
  );
}
