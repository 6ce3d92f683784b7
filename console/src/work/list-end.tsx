import { Failed } from "../ui/states";

/** Says why a list does not go on, and offers to try again. */
export function ListEnd({ error, onAgain }: { readonly error: unknown; onAgain(): void }) {
  if (error === null) return null;
  return (
    <div className="mt-2">
      <Failed error={error} onAgain={onAgain} />
    </div>
  );
}
