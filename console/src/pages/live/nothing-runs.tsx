import { Link } from "@tanstack/react-router";
import { useSession } from "../../session/session";
import { Empty } from "../../ui/states";

/** Stands in place of calls while none runs. */
export function NothingRuns() {
  const session = useSession();
  return (
    <Empty title="No call runs at this moment.">
      <p>
        Calls appear here by themselves when they begin.{" "}
        {session.may("call.run") && (
          <>
            You can make one in the{" "}
            <Link to="/playground" className="text-accent underline">
              playground
            </Link>
            .
          </>
        )}
      </p>
    </Empty>
  );
}
