import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import {
  type AccountStatus,
  DeleteOrganizationDocument,
  OrganizationsDocument,
  ResumeOrganizationDocument,
  SuspendOrganizationDocument,
} from "../../api/graphql";
import { formatCount, formatCounted } from "../../format/numbers";
import { useSession } from "../../session/session";
import { Button } from "../../ui/button";
import { ConfirmDialog } from "../../ui/dialogs/confirm-dialog";
import { Failed } from "../../ui/states";
import { EditOrganizationDialog } from "./edit-organization-dialog";
import { type OpenWork, useOpenWork } from "./use-open-work";

interface Props {
  readonly organization: {
    readonly id: string;
    readonly name: string;
    readonly status: AccountStatus | null;
    readonly credits: { readonly available: number } | null;
  };
}

/** What can be done with the organization as a whole. */
export function OrganizationActs({ organization }: Props) {
  const { id, name, status } = organization;
  const session = useSession();
  const [askWork, work] = useOpenWork(id);
  const [suspend] = useMutation(SuspendOrganizationDocument);
  const [resume, resuming] = useMutation(ResumeOrganizationDocument);
  const [remove] = useMutation(DeleteOrganizationDocument, { refetchQueries: [OrganizationsDocument] });
  const [act, setAct] = useState<"edit" | "suspend" | "delete" | null>(null);
  const close = () => setAct(null);

  function begin(next: "suspend" | "delete") {
    void askWork();
    setAct(next);
  }

  if (status === "DELETED") return null;
  return (
    <>
      {resuming.error && <Failed error={resuming.error} />}
      {session.may("organization.update") && <Button onClick={() => setAct("edit")}>Edit</Button>}
      {session.may("organization.suspend") &&
        (status === "ACTIVE" ? (
          <Button tone="danger" onClick={() => begin("suspend")}>
            Suspend
          </Button>
        ) : (
          <Button disabled={resuming.loading} onClick={() => void resume({ variables: { id } }).catch(() => undefined)}>
            Resume
          </Button>
        ))}
      {session.may("organization.delete") && (
        <Button tone="danger" onClick={() => begin("delete")}>
          Delete
        </Button>
      )}
      {act === "edit" && <EditOrganizationDialog organization={organization} onClose={close} />}
      <ConfirmDialog
        title={`Suspend ${name}`}
        follows={whatSuspendingDoes(work)}
        name={id}
        act="Suspend"
        isOpen={act === "suspend"}
        onClose={close}
        onConfirm={() => suspend({ variables: { id } })}
      />
      <ConfirmDialog
        title={`Delete ${name}`}
        follows={whatDeletingDoes(work, organization.credits?.available ?? 0)}
        name={id}
        act="Delete"
        isOpen={act === "delete"}
        onClose={close}
        onConfirm={() => remove({ variables: { id } })}
      />
    </>
  );
}

function whatSuspendingDoes(work: OpenWork | null): string {
  const always = "Every request with its keys, and with those of its teams, is refused from now on.";
  if (!work?.isWhole)
    return `${always} Running calls of its teams are cancelled. Open jobs stay open, and their time goes on.`;
  const { runningCalls, openJobs, teams } = work;
  return [
    always,
    `It has ${formatCounted(teams, "team", "teams")}.`,
    `${formatCounted(runningCalls, "running call is", "running calls are")} cancelled.`,
    `${formatCounted(openJobs, "open job stays open, and its", "open jobs stay open, and their")} time goes on.`,
  ].join(" ");
}

function whatDeletingDoes(work: OpenWork | null, credits: number): string {
  const teams =
    work && work.teams > 0
      ? ` It still has ${work.isWhole ? "" : "more than "}${formatCounted(work.teams, "team that is", "teams that are")} not deleted, which must be deleted before.`
      : "";
  const pool = credits > 0 ? ` ${formatCount(credits)} credits in its pool cannot be used any more.` : "";
  return `It is deleted for ever, and its keys are revoked. Its id is never given out again.${pool}${teams}`;
}
