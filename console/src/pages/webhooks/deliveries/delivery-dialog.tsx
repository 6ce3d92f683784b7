import { useMutation } from "@apollo/client/react";
import { RotateCcw } from "lucide-react";
import { type DeliveryFragment, ReplayDeliveryDocument } from "../../../api/graphql";
import { formatDuration } from "../../../format/time";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialogs/dialog";
import { Facts } from "../../../ui/facts";
import { Failed } from "../../../ui/states";
import { CodeBlock } from "../../../ui/text/code-block";
import { Time } from "../../../ui/time";
import { eventName } from "../events";
import { DeliveryChip } from "./delivery-chip";

interface Props {
  readonly delivery: DeliveryFragment;
  readonly mayReplay: boolean;
  onClose(): void;
}

/** One event on its way: each try, and what is posted. */
export function DeliveryDialog({ delivery, mayReplay, onClose }: Props) {
  const { id, event, eventId, status, createdAt, nextTryAt, tries, payload } = delivery;
  const [replay, replaying] = useMutation(ReplayDeliveryDocument);
  return (
    <Dialog title={eventName(event)} isOpen onClose={onClose}>
      <div className="flex flex-wrap items-center gap-3">
        <DeliveryChip status={status} />
        <span className="flex-1" />
        {mayReplay && (
          <Button
            disabled={replaying.loading}
            onClick={() => void replay({ variables: { id } }).catch(() => undefined)}
          >
            <RotateCcw size={14} aria-hidden /> Replay
          </Button>
        )}
      </div>
      {replaying.error && <Failed error={replaying.error} />}
      <Facts
        facts={[
          ["Happened", <Time key="when" at={createdAt} />],
          nextTryAt && ["Next try", <Time key="next" at={nextTryAt} />],
          [
            "webhook-id",
            <span key="id" className="break-all font-mono text-xs">
              {eventId}
            </span>,
          ],
        ]}
      />
      <h3 className="font-medium">Tries</h3>
      {tries.length === 0 ? <p className="text-dim">It was not tried so far.</p> : <Tries tries={tries} />}
      <h3 className="font-medium">What is posted</h3>
      <CodeBlock label="What is posted" text={JSON.stringify(payload, null, 2)} />
    </Dialog>
  );
}

function Tries({ tries }: Pick<DeliveryFragment, "tries">) {
  return (
    <ol className="flex flex-col">
      {tries.map(({ at, httpStatus, error, ms }) => (
        <li key={at} className="flex flex-wrap gap-x-3 border-t py-1.5 first:border-t-0">
          <Time at={at} className="text-dim" />
          <span className={error ? "text-bad" : ""}>{httpStatus === null ? "no answer" : `status ${httpStatus}`}</span>
          <span className="text-dim tabular-nums">{formatDuration(ms)}</span>
          {error && <span className="w-full text-bad">{error}</span>}
        </li>
      ))}
    </ol>
  );
}
