import { Link } from "@tanstack/react-router";
import type { JobFactsFragment } from "../../api/graphql";
import { formatCount } from "../../format/numbers";
import { Card } from "../../ui/card";
import { Empty } from "../../ui/states";
import { Time } from "../../ui/time";
import { ScrollFrame } from "../../work/scroll-frame";
import { shortId } from "../../work/short-id";

type Entry = JobFactsFragment["creditEntries"][number];

/** The ledger's entries of a job, as they are. */
export function JobLedger({ job }: { readonly job: JobFactsFragment }) {
  return (
    <Card
      title="Ledger"
      note="what the job held, took and gave back"
      action={
        <Link to="/teams/$id" params={{ id: job.team.id }}>
          {job.team.alias} →
        </Link>
      }
    >
      {job.creditEntries.length === 0 ? (
        <Empty title="The ledger has nothing of this job." />
      ) : (
        <ScrollFrame label="Ledger">
          <table className="w-full whitespace-nowrap">
            <thead className="text-left text-faint text-xs [&_th]:pr-3 [&_th]:font-medium">
              <tr>
                <th>When</th>
                <th>Entry</th>
                <th className="text-right">Credits</th>
                <th className="text-right">Held</th>
                <th className="text-right">Available after</th>
                <th>By</th>
              </tr>
            </thead>
            <tbody className="tabular-nums [&_td]:border-t [&_td]:py-1.5 [&_td]:pr-3">
              {job.creditEntries.map((entry) => (
                <Row key={entry.id} entry={entry} job={job} />
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
    </Card>
  );
}

function Row({ entry, job }: { readonly entry: Entry; readonly job: JobFactsFragment }) {
  return (
    <tr>
      <td>
        <Time at={entry.createdAt} />
      </td>
      <td>
        <span className="font-mono text-[12.5px]">{entry.kind}</span>{" "}
        {entry.reason && <span className="text-dim">{entry.reason}</span>}
      </td>
      <td className="text-right">{signed(entry.credits)}</td>
      <td className="text-right">{signed(entry.heldCredits)}</td>
      <td className="text-right">{formatCount(entry.availableAfter)}</td>
      <td className="text-dim" title={entry.actor}>
        {actorOf(entry, job)}
      </td>
    </tr>
  );
}

const signed = (change: number): string => (change > 0 ? `+${formatCount(change)}` : formatCount(change));

/** Says who moved the credits: a key by the beginning of its secret if it is the job's, else by that of its id. */
function actorOf({ actor }: Entry, { key }: JobFactsFragment): string {
  const [kind, id] = actor.split(":");
  if (!id) return actor;
  if (id === key?.id) return `key ${key.prefix}…`;
  if (kind === "person") return `person ${id}`;
  return `${kind === "orgkey" ? "organization's key" : "key"} ${shortId(id)}…`;
}
