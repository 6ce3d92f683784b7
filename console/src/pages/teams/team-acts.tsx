import { useLazyQuery, useMutation } from "@apollo/client/react";
import { useState } from "react";
import {
  type AccountStatus,
  DeleteTeamDocument,
  OpenWorkDocument,
  ResumeTeamDocument,
  SuspendTeamDocument,
  TeamsDocument,
} from "../../api/graphql";
import { formatCounted } from "../../format/numbers";
import { useSession } from "../../session/session";
import { Button } from "../../ui/button";
import { ConfirmDialog } from "../../ui/dialogs/confirm-dialog";
import { Failed } from "../../ui/states";
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
  const { id, status } = team;
  const session = useSession();
  const [askWork, work] = useLazyQuery(OpenWorkDocument, { fetchPolicy: "no-cache" });
  const [suspend] = useMutation(SuspendTeamDocument);
  const [resume, resuming] = useMutation(ResumeTeamDocument);
  const [remove] = useMutation(DeleteTeamDocument, { refetchQueries: [TeamsDocument] });
  const [act, setAct] = useState<"edit" | "suspend" | "delete" | null>(null);
  const close = () => setAct(null);
  const calls = work.data?.team?.runningCalls.totalCount ?? 0;
  const jobs = work.data?.team?.openJobs.totalCount ?? 0;
  const cancelled = formatCounted(calls, "running call is", "running calls are");

  function begin(next: "suspend" | "delete") {
    void askWork({ variables: { id } });
    setAct(next);
  }

  if (status === "DELETED") return null;
  return (
    <>
      {resuming.error && <Failed error={resuming.error} />}
      {session.may("team.update") && <Button onClick={() => setAct("edit")}>Edit</Button>}
      {session.may("team.suspend") &&
        (status === "ACTIVE" ? (
          <Button tone="danger" onClick={() => begin("suspend")}>
            Suspend
          </Button>
        ) : (
          <Button disabled={resuming.loading} onClick={() => void resume({ variables: { id } }).catch(() => undefined)}>
            Resume
          </Button>
        ))}
      {session.may("team.delete") && (
        <Button tone="danger" onClick={() => begin("delete")}>
          Delete
        </Button>
      )}
      {act === "edit" && <EditTeamDialog team={team} onClose={close} />}
      <ConfirmDialog
        title={`Suspend ${team.alias}`}
        follows={`Every request with its keys is refused from now on. ${cancelled} cancelled. ${formatCounted(jobs, "open job stays open, and its", "open jobs stay open, and their")} time goes on.`}
        name={id}
        act="Suspend"
        isOpen={act === "suspend"}
        onClose={close}
        onConfirm={() => suspend({ variables: { id } })}
      />
      <ConfirmDialog
        title={`Delete ${team.alias}`}
        follows={`It is deleted for ever, and its keys are revoked. ${cancelled} cancelled, and ${formatCounted(jobs, "open job ends", "open jobs end")} as cancelled. Credits that are left stay with it: transfer them before.`}
        name={id}
        act="Delete"
        isOpen={act === "delete"}
        onClose={close}
        onConfirm={() => remove({ variables: { id } })}
      />
    </>
  );
}
