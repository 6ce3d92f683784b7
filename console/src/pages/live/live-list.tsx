import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { LiveLine } from "./live-line";
import type { LiveRow } from "./live-rows";

interface Props {
  readonly rows: readonly LiveRow[];
  /** Told when a person points at the list, or uses it by keyboard, and when not any more. */
  onHold(isHeld: boolean): void;
  /** Told why a call could not be cancelled. */
  onRefused(error: unknown): void;
}

/** All rows are as high as this. What is measured would be remembered of every call that was ever shown. */
const ROW_PX = 58;

/** Only the rows in sight are drawn, and only they follow their calls. */
export function LiveList({ rows, onHold, onRefused }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 2,
    getItemKey: (index) => rows[index]?.call.id ?? index,
  });
  return (
    <div ref={frame} className="-mx-4 max-h-[calc(100dvh-9rem)] overflow-y-auto">
      <ol
        aria-label="Running calls"
        className="relative"
        style={{ height: virtual.getTotalSize() }}
        onPointerEnter={() => onHold(true)}
        onPointerLeave={() => onHold(false)}
        onFocus={() => onHold(true)}
        onBlur={() => onHold(false)}
      >
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return (
            row && (
              <li
                key={key}
                aria-setsize={rows.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0"
                style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
              >
                <LiveLine row={row} onRefused={onRefused} />
              </li>
            )
          );
        })}
      </ol>
    </div>
  );
}
