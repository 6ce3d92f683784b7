import { useCallback, useEffect, useRef, useState } from "react";

interface More {
  /** Whether the next page is on its way. */
  readonly isAsked: boolean;
  /** Why it did not come. */
  readonly error: unknown;
  again(): void;
}

/** Asks for the next page of a list when its end is in sight: once for each end, however often the list is drawn. */
export function useMore(isWanted: boolean, endId: string, onMore: (() => unknown) | undefined): More {
  const askedAt = useRef<string | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const ask = useCallback(async () => {
    setIsAsked(true);
    setError(null);
    try {
      await onMore?.();
    } catch (refusal) {
      setError(refusal);
    }
    setIsAsked(false);
  }, [onMore]);

  useEffect(() => {
    if (!isWanted || askedAt.current === endId) return;
    askedAt.current = endId;
    void ask();
  }, [isWanted, endId, ask]);

  return { isAsked, error, again: () => void ask() };
}
