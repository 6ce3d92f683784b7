import { KeyRound, LogIn } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Brand } from "../shell/brand";
import { Button } from "../ui/button";
import { CheckField } from "../ui/fields";
import { Note } from "../ui/note";
import { goToProvider, type Provider } from "./provider";

interface Props {
  /** Why the person is asked to sign in again, if there is a reason. */
  readonly notice: string | null;
  /** Through which people may sign in without a key. */
  readonly provider: Provider | null;
  /** Rejects with what to tell if the key is not accepted. */
  onSignIn(key: string, isKept: boolean): Promise<void>;
}

export function SignInPage({ notice, provider, onSignIn }: Props) {
  const id = useId();
  const [key, setKey] = useState("");
  const [isKept, setIsKept] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIsBusy(true);
    setFailure(null);
    await onSignIn(key.trim(), isKept).catch((error: Error) => {
      setFailure(error.message);
      setIsBusy(false);
    });
  }

  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-6 p-6">
      <title>Sign in - Tollgate</title>
      <Brand />
      <form onSubmit={submit} className="flex flex-col gap-4 rounded-card border bg-panel p-6">
        <h1 className="text-lg font-semibold">Sign in</h1>
        {(failure ?? notice) && <Note tone="bad">{failure ?? notice}</Note>}
        {provider && (
          <>
            <Button tone="primary" onClick={goToProvider}>
              <LogIn size={15} aria-hidden /> Sign in with {provider.name}
            </Button>
            <p className="text-center text-faint text-xs">or with a key</p>
          </>
        )}
        <div className="flex flex-col gap-1.5">
          <label htmlFor={`${id}-key`} className="text-dim">
            Key
          </label>
          <input
            id={`${id}-key`}
            aria-describedby={`${id}-about`}
            type="password"
            required
            autoComplete="off"
            spellCheck={false}
            placeholder="sk-…"
            value={key}
            onChange={({ target }) => setKey(target.value)}
            className="rounded-control border border-line-2 bg-bg px-3 py-2 font-mono"
          />
          <span id={`${id}-about`} className="text-faint text-xs">
            The admin key, an organization's key or a team's virtual key. You see what that key may see.
          </span>
        </div>
        <CheckField
          label="Keep it in this tab"
          hint="Otherwise it is forgotten when the page is loaded again."
          isChecked={isKept}
          onChange={setIsKept}
        />
        <Button type="submit" tone={provider ? "plain" : "primary"} disabled={isBusy || key.trim() === ""}>
          <KeyRound size={15} aria-hidden /> {isBusy ? "Signing in …" : "Sign in"}
        </Button>
      </form>
    </main>
  );
}
