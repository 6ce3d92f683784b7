import { Sub } from "./sub";

/** The team's own data of a job or a call, name by name. Nothing if there are none. */
export function Metadata({ title, metadata }: { readonly title: string; readonly metadata: Record<string, unknown> }) {
  const entries = Object.entries(metadata);
  if (entries.length === 0) return null;
  return (
    <Sub title={title}>
      <dl>
        {entries.map(([name, value]) => (
          <div key={name} className="flex flex-wrap gap-x-3 border-t py-1.5">
            <dt className="break-all text-dim">{name}</dt>
            <dd className="ml-auto whitespace-pre-wrap break-all text-right font-mono text-[12.5px]">
              {typeof value === "string" ? value : JSON.stringify(value)}
            </dd>
          </div>
        ))}
      </dl>
    </Sub>
  );
}
