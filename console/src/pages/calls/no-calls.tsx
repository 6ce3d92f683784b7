import { Link } from "@tanstack/react-router";
import { useSession } from "../../session/session";
import { Empty } from "../../ui/states";

/** Stands in place of calls, and says how there will be some. */
export function NoCalls({ isFiltered }: { readonly isFiltered: boolean }) {
  const session = useSession();
  if (isFiltered)
    return (
      <Empty title="No call is like that.">
        <p>
          Choose a longer period or fewer filters, or{" "}
          <Link to="/calls" className="text-accent underline">
            show the calls of the last 30 days
          </Link>
          .
        </p>
      </Empty>
    );
  return (
    <Empty title="No call was made in the last 30 days.">
      {session.may("call.run") ? (
        <p>
          Make one in the{" "}
          <Link to="/playground" className="text-accent underline">
            playground
          </Link>
          , or with any client of OpenAI's API at <code className="font-mono text-[12.5px]">/v1</code>.
        </p>
      ) : (
        <p>
          Teams make calls with their keys. A key is made on the page of its{" "}
          <Link to="/teams" className="text-accent underline">
            team
          </Link>
          .
        </p>
      )}
    </Empty>
  );
}
