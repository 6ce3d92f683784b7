import { useMutation } from "@apollo/client/react";
import {
  type AccountStatus,
  DeleteOrganizationDocument,
  OrganizationsDocument,
  ResumeOrganizationDocument,
  SuspendOrganizationDocument,
} from "../../api/graphql";
import { formatCount, formatCounted } from "../../format/numbers";
import { useSession } from "../../session/session";
import { AccountActs } from "../../work/account-acts";
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
  const { id, name, status, credits } = organization;
  const session = useSession();
  const variables = { id };
  const [askWork, work] = useOpenWork(id);
  const [suspend] = useMutation(SuspendOrganizationDocument, { variables });
  const [resume] = useMutation(ResumeOrganizationDocument, { variables });
  const [remove] = useMutation(DeleteOrganizationDocument, { variables, refetchQueries: [OrganizationsDocument] });
  return (
    <AccountActs
      id={id}
      name={name}
      status={status}
      may={{
        edit: session.may("organization.update"),
        suspend: session.may("organization.suspend"),
        delete: session.may("organization.delete"),
      }}
      suspendingDoes={whatSuspendingDoes(work)}
      deletingDoes={whatDeletingDoes(work, credits?.available ?? 0)}
      onThreat={() => void askWork()}
      onSuspend={() => suspend()}
      onResume={() => resume()}
      onDelete={() => remove()}
      editor={(close) => <EditOrganizationDialog organization={organization} onClose={close} />}
    />
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
