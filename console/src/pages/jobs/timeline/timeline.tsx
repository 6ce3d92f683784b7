import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import type { CallFactsFragment } from "../../../api/graphql";
import { Card } from "../../../ui/card";
import { useNow } from "../../../work/use-now";
import { barOf, coloursOf, spanOf } from "./bars";
import { CallLine } from "./call-line";
import { BAR, GRID } from "./grid";
import { type Scale, scaleOf } from "./scale";
import { TimelineLegend } from "./timeline-legend";

interface Props {
  readonly calls: readonly CallFactsFragment[];
  readonly selectedId: string | undefined;
}

/** About how high a row is. Each is measured when it is drawn. */
const ROW_PX = 47;
/** How often the bar of a call that runs grows. */
const GROWS_EVERY_MS = 500;

/** Every call of a job as a bar on one axis of time. Only the rows in sight are drawn. */
export function Timeline({ calls, selectedId }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const isRunning = calls.some(({ status }) => status === "RUNNING");
  const now = useNow(isRunning ? GROWS_EVERY_MS : null);
  const scale = useMemo(() => scaleOf(calls.map((call) => spanOf(call, now))), [calls, now]);
  const colours = useMemo(() => coloursOf(calls), [calls]);
  const virtual = useVirtualizer({
    count: calls.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
    getItemKey: (index) => calls[index]?.id ?? index,
  });
  return (
    <Card title="Timeline" note="each bar is a call, each part of it an attempt; the tick is its first token">
      <Axis scale={scale} />
      <div ref={frame} className="-mx-4 max-h-[60dvh] overflow-y-auto">
        <ol aria-label="Calls of the job" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const call = calls[index];
            if (!call) return null;
            return (
              <li
                key={key}
                aria-setsize={calls.length}
                aria-posinset={index + 1}
                data-index={index}
                ref={virtual.measureElement}
                className="absolute inset-x-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <CallLine
                  call={call}
                  bar={barOf(call, scale, now)}
                  pauses={scale.pauses}
                  colours={colours}
                  isSelected={call.id === selectedId}
                />
              </li>
            );
          })}
        </ol>
      </div>
      <TimelineLegend colours={colours} hasPauses={scale.pauses.length > 0} />
    </Card>
  );
}

function Axis({ scale }: { readonly scale: Scale }) {
  return (
    <div aria-hidden className={`${GRID} pb-1.5 text-[11.5px] text-faint`}>
      <span className="hidden md:block" />
      <div className={`relative h-4 ${BAR}`}>
        {scale.ticks.map(({ at, words }) => (
          <span
            key={at}
            className="absolute whitespace-nowrap max-sm:nth-[even]:hidden"
            style={{ left: `${at}%`, transform: `translateX(-${at}%)` }}
          >
            {words}
          </span>
        ))}
      </div>
      <span className="hidden md:block" />
    </div>
  );
}
