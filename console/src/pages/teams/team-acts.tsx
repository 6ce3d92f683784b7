import { useLazyQuery, useMutation } from "@apollo/client/react";
import {
  type AccountStatus,
  DeleteTeamDocument,
  OpenWorkDocument,
  type OpenWorkQuery,
  ResumeTeamDocument,
  SuspendTeamDocument,
  TeamsDocument,
} from "../../api/graphql";
import { formatCounted } from "../../format/numbers";
import { useSession } from "../../session/session";
import { AccountActs } from "../../work/account-acts";
import { EditTeamDialog } from "./edit-team-dialog";

interface Props {
  readonly team: {
    readonly id: string;
    readonly alias: string;
    readonly status: AccountStatus;
    readonly modelGroups: readonly { readonly name: string }[];
  };
}

/** What can be done with the team as a whole. */
export function TeamActs({ team }: Props) {
  const { id, alias, status } = team;
  const session = useSession();
  const variables = { id };
  const [askWork, { data: work }] = useLazyQuery(OpenWorkDocument, { fetchPolicy: "no-cache" });
  const [suspend] = useMutation(SuspendTeamDocument, { variables });
  const [resume] = useMutation(ResumeTeamDocument, { variables });
  const [remove] = useMutation(DeleteTeamDocument, { variables, refetchQueries: [TeamsDocument] });
  return (
    <AccountActs
      id={id}
      name={alias}
      status={status}
      may={{
        edit: session.may("team.update"),
        suspend: session.may("team.suspend"),
        delete: session.may("team.delete"),
      }}
      suspendingDoes={`Every request with its keys is refused from now on. ${whatEnds(work)} ${whatStays(work)}`}
      deletingDoes={`It is deleted for ever, and its keys are revoked. ${whatEnds(work)} ${whatIsCancelled(work)} Credits that are left stay with it: transfer them before.`}
      onThreat={() => void askWork({ variables })}
      onSuspend={() => suspend()}
      onResume={() => resume()}
      onDelete={() => remove()}
      editor={(close) => <EditTeamDialog team={team} onClose={close} />}
    />
  );
}

/** What is open in the team. It is not known at once. */
type OpenWork = OpenWorkQuery | undefined;

function whatEnds(work: OpenWork): string {
  const calls = work?.team?.runningCalls.totalCount;
  if (calls === undefined) return "Running calls are cancelled.";
  return `${formatCounted(calls, "running call is", "running calls are")} cancelled.`;
}

function whatStays(work: OpenWork): string {
  const jobs = work?.team?.openJobs.totalCount;
  if (jobs === undefined) return "Open jobs stay open, and their time goes on.";
  return `${formatCounted(jobs, "open job stays open, and its", "open jobs stay open, and their")} time goes on.`;
}

function whatIsCancelled(work: OpenWork): string {
  const jobs = work?.team?.openJobs.totalCount;
  if (jobs === undefined) return "Open jobs end as cancelled.";
  return `${formatCounted(jobs, "open job ends", "open jobs end")} as cancelled.`;
}
