import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AuditLineFragment } from "../../api/graphql";
import { useSession } from "../../session/session";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialogs/dialog";
import { Facts } from "../../ui/facts";
import { Time } from "../../ui/time";
import type { ChosenFilters } from "./audit-filters";
import { type ChangedField, changedFields } from "./changed-fields";

interface Props {
  readonly entry: AuditLineFragment;
  onFilter(chosen: ChosenFilters): void;
  onClose(): void;
}

/** One act: who, on what, and each field that it has changed. */
export function EntryDialog({ entry, onFilter, onClose }: Props) {
  const { sequence, operation, actor, subjectType, subjectId, createdAt, requestId, hash, organizationId } = entry;
  const mayChoose = useSession().viewer.organizationId === null;
  const changed = changedFields(entry.before, entry.after);
  return (
    <Dialog title={`${operation} on ${subjectId}`} isOpen onClose={onClose}>
      <Facts
        facts={[
          ["When", <Time key="when" at={createdAt} />],
          ["By", <Mono key="by">{actor}</Mono>],
          ["On", <Subject key="on" type={subjectType} id={subjectId} />],
          organizationId !== null && ["Organization", organizationId],
          ["Request", <Mono key="request">{requestId}</Mono>],
          ["Line", String(sequence)],
        ]}
      />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onFilter({ operation })}>All of this act</Button>
        <Button onClick={() => onFilter({ actor })}>All by this actor</Button>
        <Button onClick={() => onFilter({ subject: subjectId })}>All on this</Button>
        {organizationId !== null && mayChoose && (
          <Button onClick={() => onFilter({ organization: organizationId })}>All of the organization</Button>
        )}
      </div>
      <h3 className="font-medium">{entry.before === null ? "What is new" : "What has changed"}</h3>
      {changed.length === 0 ? (
        <p className="text-dim">No public field is different after it.</p>
      ) : (
        <Changes changed={changed} />
      )}
      <p className="break-all text-faint text-xs">
        Hash <span className="font-mono">{hash}</span>
      </p>
    </Dialog>
  );
}

function Mono({ children }: { readonly children: ReactNode }) {
  return <span className="break-all font-mono text-xs">{children}</span>;
}

/** The id of what was acted on, which is a link if it has a page. */
function Subject({ type, id }: { readonly type: string; readonly id: string }) {
  const name = (
    <>
      {type} <Mono>{id}</Mono>
    </>
  );
  const params = { id };
  if (type === "Team")
    return (
      <Link to="/teams/$id" params={params} className="hover:underline">
        {name}
      </Link>
    );
  if (type === "Organization")
    return (
      <Link to="/organizations/$id" params={params} className="hover:underline">
        {name}
      </Link>
    );
  if (type === "Webhook")
    return (
      <Link to="/webhooks/$id" params={params} className="hover:underline">
        {name}
      </Link>
    );
  return name;
}

/** Each field with what it was and what it is. */
function Changes({ changed }: { readonly changed: readonly ChangedField[] }) {
  return (
    <table className="w-full table-fixed">
      <thead>
        <tr className="text-left text-faint text-xs">
          <th scope="col" className="pb-1 font-medium">
            Field
          </th>
          <th scope="col" className="pb-1 font-medium">
            Before
          </th>
          <th scope="col" className="pb-1 font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {changed.map(({ name, before, after }) => (
          <tr key={name} className="align-top">
            <th scope="row" className="break-words border-t py-1 pr-2 text-left font-normal">
              {name}
            </th>
            <Value text={before} className="text-dim" />
            <Value text={after} className="" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ text, className }: { readonly text: string | null; readonly className: string }) {
  return (
    <td className={`break-words border-t py-1 pr-2 font-mono text-xs ${className}`}>
      {text === null ? <span className="text-faint">not there</span> : text}
    </td>
  );
}
