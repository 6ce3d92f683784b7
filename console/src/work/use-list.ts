import type { OperationVariables, TypedDocumentNode } from "@apollo/client";
import { useQuery } from "@apollo/client/react";
import { useCallback, useMemo, useState } from "react";
import type { Asked } from "../ui/states";

interface Page<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface List<Data, Node> {
  /** Has what the list was before, while another filter is on its way. */
  readonly asked: Asked<Data>;
  readonly rows: readonly Node[];
  /** Whether these rows are of a filter that does not hold any more. */
  readonly isOld: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** Why the list does not go on. */
  readonly moreError: unknown;
  more(): void;
}

interface Options<Data, Variables, Node> {
  readonly query: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
  listOf(data: Data): Page<Node> | null | undefined;
  /** The first page is asked for again so often. A list that was scrolled down stays as it is. */
  readonly renewedEveryMs: number;
  /** How many rows the first page has. */
  readonly pageSize: number;
}

/** A list that goes on page by page. `listOf` must be the same function every time. */
export function useList<Data, Variables extends OperationVariables, Node>({
  query,
  variables,
  listOf,
  renewedEveryMs,
  pageSize,
}: Options<Data, Variables, Node>): List<Data, Node> {
  const [loading, setLoading] = useState({ isLoadingMore: false, moreError: null as unknown });
  const [isLong, setIsLong] = useState(false);
  // The types of Apollo's options depend on which variables there are, which nobody knows here.
  const options = { variables, pollInterval: isLong ? 0 : renewedEveryMs } as never;
  const result = useQuery(query, options);
  const data = (result.data ?? (result.error ? undefined : result.previousData)) as Data | undefined;
  const list = data === undefined ? null : listOf(data);
  const rows = useMemo(() => list?.edges.map(({ node }) => node) ?? [], [list]);
  if (rows.length > pageSize !== isLong) setIsLong(rows.length > pageSize);

  const { fetchMore } = result;
  const endCursor = list?.pageInfo.endCursor ?? null;
  const more = useCallback(() => {
    setLoading({ isLoadingMore: true, moreError: null });
    fetchMore({ variables: { after: endCursor } as never }).then(
      () => setLoading({ isLoadingMore: false, moreError: null }),
      (moreError) => setLoading({ isLoadingMore: false, moreError }),
    );
  }, [fetchMore, endCursor]);

  return {
    asked: { data, error: result.error, refetch: () => result.refetch() },
    rows,
    isOld: result.data === undefined && data !== undefined,
    // What could not be read is asked for again by a person, and not by the end of the list coming into sight.
    hasMore: (list?.pageInfo.hasNextPage ?? false) && loading.moreError === null && result.data !== undefined,
    ...loading,
    more,
  };
}
