import { useState } from "react";
import type { AccountStatus, PoolFragment } from "../../../api/graphql";
import { formatCount } from "../../../format/numbers";
import { useSession } from "../../../session/session";
import { Button } from "../../../ui/button";
import { Card } from "../../../ui/card";
import { Facts } from "../../../ui/facts";
import { Time } from "../../../ui/time";
import { GrantDialog } from "./grant-dialog";
import { TransferDialog } from "./transfer-dialog";

interface Props {
  readonly organization: {
    readonly id: string;
    readonly status: AccountStatus | null;
    readonly createdAt: string | null;
    readonly credits: PoolFragment | null;
  };
}

/** The credits that the organization gives to its teams. */
export function PoolCard({ organization: { id, status, createdAt, credits } }: Props) {
  const session = useSession();
  const [act, setAct] = useState<"grant" | "transfer" | null>(null);
  const close = () => setAct(null);
  const isThere = status !== "DELETED";
  return (
    <Card
      title="Pool of credits"
      note="out of which its teams get theirs"
      action={
        <span className="flex gap-2">
          {isThere && session.may("credits.grantPool") && <Button onClick={() => setAct("grant")}>Grant</Button>}
          {isThere && session.may("credits.transfer") && <Button onClick={() => setAct("transfer")}>Transfer</Button>}
        </span>
      }
    >
      {credits && (
        <Facts
          facts={[
            ["Available", formatCount(credits.available)],
            ["Passed on to teams", formatCount(credits.passedOn)],
            ["Granted", formatCount(credits.granted)],
          ]}
        />
      )}
      <p className="mt-2 text-dim text-xs">
        <span className="font-mono">{id}</span>
        {createdAt && (
          <>
            {" "}
            is here since <Time at={createdAt} />.
          </>
        )}
      </p>
      {act === "grant" && <GrantDialog organizationId={id} onClose={close} />}
      {act === "transfer" && <TransferDialog organizationId={id} onClose={close} />}
    </Card>
  );
}
