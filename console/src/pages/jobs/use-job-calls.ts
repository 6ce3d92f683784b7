import type { ApolloClient } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type CallFactsFragment, JobCallsDocument, type JobFactsFragment } from "../../api/graphql";
import { type CallPage, keptOf, withPage } from "./call-pages";

interface JobCalls {
  /** Null until the first page is there. */
  readonly calls: readonly CallFactsFragment[] | null;
  /** Whether all pages were read once, or one of them could not be. Until then calls are missing at the end. */
  readonly isRead: boolean;
  readonly error: unknown;
  /** Reads again what may have changed. */
  renew(): void;
}

/** A job that is busy changes four times a second. Its calls are read again no more often than this. */
const RENEWED_EVERY_MS = 500;
/** While a call runs, its end is asked for so often, in case that nothing else tells of it. */
const ASKED_EVERY_MS = 5_000;

/**
 * All calls of a job, oldest first. They are read again when the `job` is another object, because something of it has
 * changed. Pages whose calls have all ended are read once.
 */
export function useJobCalls(job: JobFactsFragment): JobCalls {
  const jobId = job.id;
  const client = useApolloClient();
  const [pages, setPages] = useState<readonly CallPage[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [isRead, setIsRead] = useState(false);
  const ask = useRef(() => {});

  useEffect(() => {
    const reader = readerOf(client, jobId, setPages, (refusal) => {
      setError(refusal);
      setIsRead(true);
    });
    ask.current = reader.ask;
    setPages([]);
    setError(null);
    setIsRead(false);
    return reader.stop;
  }, [client, jobId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has changed is not looked at, only that it has.
  useEffect(() => ask.current(), [client, job]);

  const calls = useMemo(() => (pages.length === 0 ? null : pages.flatMap((page) => page.calls)), [pages]);
  const isRunning = calls?.some(({ status }) => status === "RUNNING") ?? false;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => ask.current(), ASKED_EVERY_MS);
    return () => clearInterval(timer);
  }, [isRunning]);

  return { calls, isRead, error, renew: useCallback(() => ask.current(), []) };
}

/**
 * Reads one page after the other, and tells at the `end` why it did not go on, or null. What is asked for meanwhile is read
 * once more afterwards.
 */
function readerOf(
  client: ApolloClient,
  jobId: string,
  show: (pages: readonly CallPage[]) => void,
  end: (error: unknown) => void,
) {
  let pages: readonly CallPage[] = [];
  let isReading = false;
  let isAsked = false;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function readAll() {
    let read: readonly CallPage[] = keptOf(pages);
    do {
      const after = read.at(-1)?.endCursor ?? null;
      const page = await readPage(client, jobId, after);
      if (isStopped) return;
      read = [...read, page];
      pages = withPage(pages, read);
      show(pages);
    } while (read.at(-1)?.hasNextPage);
    pages = read;
    show(pages);
  }

  function ask() {
    isAsked = true;
    if (isReading || isStopped) return;
    isReading = true;
    isAsked = false;
    readAll()
      .then(() => isStopped || end(null))
      .catch((error) => isStopped || end(error))
      .finally(() => {
        timer = setTimeout(() => {
          isReading = false;
          if (isAsked) ask();
        }, RENEWED_EVERY_MS);
      });
  }

  const stop = () => {
    isStopped = true;
    clearTimeout(timer);
  };
  return { ask, stop };
}

async function readPage(client: ApolloClient, jobId: string, after: string | null): Promise<CallPage> {
  const { data } = await client.query({
    query: JobCallsDocument,
    variables: { id: jobId, after },
    fetchPolicy: "no-cache",
  });
  const list = data?.job?.llmCalls;
  return {
    calls: list?.edges.map(({ node }) => node) ?? [],
    endCursor: list?.pageInfo.endCursor ?? null,
    hasNextPage: list?.pageInfo.hasNextPage ?? false,
  };
}
