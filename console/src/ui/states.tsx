import type { ReactNode } from "react";
import { failureOf } from "../api/failure";
import { Button } from "./button";
import { Note } from "./note";
import { Time } from "./time";

/** What a query of Apollo's tells, as far as it is shown here. */
export interface Asked<Data> {
  readonly data?: Data | undefined;
  readonly error?: unknown;
  refetch(): Promise<unknown>;
}

interface Props<Data> {
  readonly asked: Asked<Data>;
  /** Stands where the data will, in about its size. */
  readonly skeleton: ReactNode;
  children(data: Data): ReactNode;
}

/** Shows data, or a skeleton until there is some, or why there is none. Data that could not be renewed is dimmed. */
export function Loaded<Data>({ asked, skeleton, children }: Props<Data>) {
  const { data, error } = asked;
  if (!data) return error ? <Failed error={error} onAgain={() => asked.refetch()} /> : <div aria-busy>{skeleton}</div>;
  if (!error) return children(data);
  return (
    <>
      <Stale error={error} onAgain={() => asked.refetch()} />
      <div className="opacity-60">{children(data)}</div>
    </>
  );
}

interface FailedProps {
  readonly error: unknown;
  onAgain?(): void;
}

/** Says what failed, with the id of the request, and offers to try again. */
export function Failed({ error, onAgain }: FailedProps) {
  const { message, code, requestId } = failureOf(error);
  return (
    <Note tone="bad">
      <p>{message}</p>
      {(code || requestId) && (
        <p className="mt-1 font-mono text-xs">
          {[code, requestId && `request ${requestId}`].filter(Boolean).join(" · ")}
        </p>
      )}
      {onAgain && (
        <Button className="mt-2" onClick={onAgain}>
          Try again
        </Button>
      )}
    </Note>
  );
}

function Stale({ error, onAgain }: Required<FailedProps>) {
  return (
    <div className="mb-3">
      <Note tone="warn">
        This could not be renewed at <Time at={new Date()} />: {failureOf(error).message}{" "}
        <button type="button" className="underline" onClick={onAgain}>
          Try again
        </button>
      </Note>
    </div>
  );
}

/** Says what would stand here, and what makes it so. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-10 text-center">
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-prose text-dim">{children}</div>}
    </div>
  );
}

/** Grey lines in place of text that is on its way. */
export function Skeleton({ lines = 1, className = "h-4" }: { readonly lines?: number; readonly className?: string }) {
  return (
    <div className="flex flex-col gap-2">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a skeleton have nothing else to be told apart by.
        <div key={line} className={`animate-pulse rounded-control bg-line ${className}`} />
      ))}
    </div>
  );
}
