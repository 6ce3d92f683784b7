import type { Bar, Part } from "./bars";
import { BAR } from "./grid";
import type { Scale } from "./scale";

interface Props {
  readonly bar: Bar;
  readonly pauses: Scale["pauses"];
  readonly colours: ReadonlyMap<string, string>;
  readonly isRunning: boolean;
}

/** The bar of one call. Its row says in words what it shows. */
export function Lane({ bar, pauses, colours, isRunning }: Props) {
  return (
    <div aria-hidden className={`relative h-5 overflow-hidden ${BAR}`}>
      {pauses.map(({ from, to }) => (
        <span key={from} className="absolute inset-y-0 bg-line opacity-60" style={placeOf({ from, to })} />
      ))}
      <span className="absolute top-[9.5px] h-px bg-line-2" style={placeOf(bar)} />
      {bar.parts.map((part) => (
        <span
          key={`${part.kind} ${part.from}`}
          className={`absolute top-[3px] h-3.5 min-w-[2px] rounded-[3px] ${isRunning ? "animate-pulse" : ""}`}
          style={{ ...placeOf(part), ...lookOf(part, colours) }}
        />
      ))}
      {bar.firstTokens.map((at) => (
        <span
          key={at}
          className="absolute inset-y-0 w-[1.5px] bg-text"
          style={{ left: `min(${at}%, calc(100% - 2px))` }}
        />
      ))}
    </div>
  );
}

const placeOf = ({ from, to }: { readonly from: number; readonly to: number }) => ({
  left: `min(${from}%, calc(100% - 2px))`,
  width: `${Math.max(0, to - from)}%`,
});

function lookOf({ kind, model }: Part, colours: ReadonlyMap<string, string>) {
  if (kind === "failed") return { background: "var(--bad)" };
  const colour = colours.get(model) ?? "var(--s7)";
  if (kind === "cancelled") return { background: "var(--s7)" };
  return { background: kind === "waiting" ? `color-mix(in srgb, ${colour} 35%, var(--panel))` : colour };
}
