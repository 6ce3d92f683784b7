import { formatTime, formatUtc } from "../format/time";

/** A moment in the person's own time zone. The title says it in UTC. */
export function Time({ at, className }: { readonly at: string | Date; readonly className?: string }) {
  const moment = new Date(at);
  return (
    <time dateTime={moment.toISOString()} title={formatUtc(moment)} className={className}>
      {formatTime(moment)}
    </time>
  );
}
