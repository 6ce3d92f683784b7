import {
  type ColumnDef,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { Failed } from "../states";
import { useMore } from "./use-more";

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

const ROW_PX = 37;
/** How many rows beyond those in sight are drawn, so that scrolling does not show gaps. */
const OVERSCAN = 12;

export interface Column<Row extends RowData> {
  readonly id: string;
  readonly header: string;
  cell(row: Row): ReactNode;
  /** Makes the column sortable by this value. It is for lists that are here as a whole. */
  readonly sortBy?: (row: Row) => string | number;
  /** Numbers stand on the right. */
  readonly isNumber?: boolean;
  /** Narrow screens leave it out. */
  readonly isExtra?: boolean;
}

interface Props<Row extends RowData> {
  /** What the list is, for those who do not see it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  rowId(row: Row): string;
  /** Marks the row that is shown beside the list. */
  readonly selectedId?: string;
  /** Stands in place of rows, if there are none. */
  readonly empty: ReactNode;
  /** Whether the list goes on behind these rows. */
  readonly hasMore?: boolean;
  readonly isLoadingMore?: boolean;
  /** Asks for the next page. If it returns a promise, the table says why that was rejected. */
  onMore?(): unknown;
}

/** A list of which only the rows in sight are drawn. Its head stays where it is, and its end asks for more. */
export function DataTable<Row extends RowData>({
  label,
  columns,
  rows,
  rowId,
  selectedId,
  empty,
  hasMore,
  isLoadingMore,
  onMore,
}: Props<Row>) {
  const frame = useRef<HTMLDivElement>(null);
  const [sorting, setSorting] = useState<SortingState>([]);
  const table = useTable({
    features,
    columns: useMemo(() => columns.map((column) => definitionOf(column)), [columns]),
    data: rows,
    getRowId: rowId,
    state: { sorting },
    onSortingChange: setSorting,
  });
  const sorted = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    getItemKey: (index) => sorted[index]?.id ?? index,
  });
  const shown = virtual.getVirtualItems();
  const first = shown[0];
  const last = shown.at(-1);
  const isAtEnd = last !== undefined && last.index >= sorted.length - OVERSCAN;
  const end = rows.at(-1);
  const more = useMore(isAtEnd && hasMore === true && !isLoadingMore, end ? rowId(end) : "", onMore);
  if (rows.length === 0) return empty;

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what has the focus.
    <section ref={frame} aria-label={label} tabIndex={0} className="max-h-[calc(100dvh-11rem)] overflow-auto">
      <table className="w-full border-separate border-spacing-0" aria-rowcount={hasMore ? -1 : sorted.length + 1}>
        <thead className="sticky top-0 z-10 bg-panel">
          <tr>
            {columns.map((column) => (
              <Head
                key={column.id}
                column={column}
                order={sorting.find(({ id }) => id === column.id)}
                onSort={setSorting}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap px={first?.start ?? 0} span={columns.length} />
          {shown.map(({ index, key }) => {
            const row = sorted[index];
            if (!row) return null;
            return (
              <tr
                key={key}
                data-index={index}
                ref={virtual.measureElement}
                aria-rowindex={index + 2}
                aria-selected={selectedId === undefined ? undefined : row.id === selectedId}
                className="hover:bg-bg aria-selected:bg-accent-soft"
              >
                {columns.map((column) => (
                  <td key={column.id} className={`border-t py-1.5 pr-3 first:pl-1 ${placeOf(column)}`}>
                    {column.cell(row.original)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Gap px={virtual.getTotalSize() - (last?.end ?? 0)} span={columns.length} />
        </tbody>
      </table>
      {(isLoadingMore || more.isAsked) && <p className="py-2 text-center text-dim">Loading more …</p>}
      {more.error !== null && <Failed error={more.error} onAgain={more.again} />}
    </section>
  );
}

const placeOf = <Row extends RowData>({ isNumber, isExtra }: Column<Row>): string =>
  `${isNumber ? "text-right tabular-nums" : "text-left"} ${isExtra ? "hidden lg:table-cell" : ""}`;

function definitionOf<Row extends RowData>({ id, sortBy }: Column<Row>): ColumnDef<typeof features, Row> {
  if (!sortBy) return { id, enableSorting: false };
  return { id, accessorFn: sortBy, sortFn: "alphanumeric" };
}

interface HeadProps<Row extends RowData> {
  readonly column: Column<Row>;
  readonly order: SortingState[number] | undefined;
  onSort(sorting: SortingState): void;
}

function Head<Row extends RowData>({ column, order, onSort }: HeadProps<Row>) {
  const { id, header, sortBy, isNumber } = column;
  const direction = order && (order.desc ? "descending" : "ascending");
  const Arrow = order?.desc ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={sortBy ? (direction ?? "none") : undefined}
      className={`pr-3 pb-1.5 font-medium text-faint text-xs first:pl-1 ${placeOf(column)}`}
    >
      {sortBy ? (
        // Numbers begin with the largest.
        <button
          type="button"
          className="inline-flex items-center gap-1 hover:text-text"
          onClick={() => onSort([{ id, desc: order ? !order.desc : isNumber === true }])}
        >
          {header}
          {order && <Arrow size={12} aria-hidden />}
        </button>
      ) : (
        header
      )}
    </th>
  );
}

/** Takes the room of the rows that are not drawn. */
function Gap({ px, span }: { readonly px: number; readonly span: number }) {
  if (px <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height: px, padding: 0 }} />
    </tr>
  );
}
