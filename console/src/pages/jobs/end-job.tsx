import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { EndJobDocument, type JobFactsFragment } from "../../api/graphql";
import { formatCount } from "../../format/numbers";
import { useSession } from "../../session/session";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialogs/dialog";
import { isSameName } from "../../ui/dialogs/same-name";
import { SelectField, TextField } from "../../ui/fields";
import { Failed } from "../../ui/states";
import { isOpenJob } from "../../work/job-status";

const OUTCOMES = [
  ["CANCELLED", "Cancelled: the work is called off"],
  ["FAILED", "Failed: the work came to nothing"],
] as const;
type Outcome = (typeof OUTCOMES)[number][0];

/** Ends a job that is open, and asks for its type, so that nothing is ended by a slip. */
export function EndJob({ job }: { readonly job: JobFactsFragment }) {
  const session = useSession();
  const [isOpen, setIsOpen] = useState(false);
  if (!session.may("job.abandon") || (!isOpen && !isOpenJob(job.status))) return null;
  return (
    <>
      <Button tone="danger" onClick={() => setIsOpen(true)}>
        End the job
      </Button>
      <Dialog title="End the job" description={followsOf(job)} isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <EndJobForm job={job} onClose={() => setIsOpen(false)} />
      </Dialog>
    </>
  );
}

function followsOf({ costs, creditEntries }: JobFactsFragment): string {
  const held = creditEntries.reduce((sum, { heldCredits }) => sum + heldCredits, 0);
  const running = costs.runningCalls;
  const calls =
    running === 0 ? "" : `${formatCount(running)} running ${running === 1 ? "call is" : "calls are"} cancelled. `;
  const credits =
    held === 0 ? "" : ` ${formatCount(held)} held ${held === 1 ? "credit is" : "credits are"} given back.`;
  return `${calls}The job takes no more calls, and is free.${credits}`;
}

function EndJobForm({ job, onClose }: { readonly job: JobFactsFragment; onClose(): void }) {
  const [status, setStatus] = useState<Outcome>("CANCELLED");
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [end, { loading, error }] = useMutation(EndJobDocument);
  const errorMessage = status === "FAILED" && reason.trim() !== "" ? reason.trim() : null;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        end({ variables: { input: { jobId: job.id, status, errorMessage } } }).then(onClose, () => undefined);
      }}
    >
      {error && <Failed error={error} />}
      <SelectField<Outcome> label="It ends as" value={status} options={OUTCOMES} onChange={setStatus} />
      {status === "FAILED" && (
        <TextField
          label="Why it failed"
          hint="At most 1,000 characters. It is kept with the job."
          value={reason}
          onChange={setReason}
        />
      )}
      <TextField label={`Type ${job.jobType} to go on`} value={typed} onChange={setTyped} isMono />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <Button type="submit" tone="danger" disabled={!isSameName(typed, job.jobType) || loading}>
          End the job
        </Button>
      </div>
    </form>
  );
}
