import { Note } from "../note";
import { CopyButton } from "../text/copy-button";

/** Shows a secret that the gateway tells only now. */
export function SecretOnce({ secret, what }: { readonly secret: string; readonly what: string }) {
  return (
    <div className="flex flex-col gap-3">
      <Note tone="warn">This is the only time that {what} is shown. Copy it now.</Note>
      <code data-testid="secret" className="block break-all rounded-control border bg-bg p-3 font-mono text-[12.5px]">
        {secret}
      </code>
      <div>
        <CopyButton text={secret} />
      </div>
    </div>
  );
}
