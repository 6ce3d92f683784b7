import { Link } from "@tanstack/react-router";
import { useSession } from "../../session/session";
import { Empty } from "../../ui/states";

/** Stands in place of jobs, and says how there will be some. */
export function NoJobs({ isFiltered }: { readonly isFiltered: boolean }) {
  const session = useSession();
  if (isFiltered)
    return (
      <Empty title="No job is like that.">
        <p>
          Choose a longer period or fewer filters, or{" "}
          <Link to="/jobs" className="text-accent underline">
            show the jobs of the last 30 days
          </Link>
          .
        </p>
      </Empty>
    );
  return (
    <Empty title="No job was opened in the last 30 days.">
      {session.may("job.create") ? (
        <p>
          A job begins with <code className="font-mono text-[12.5px]">createJob</code>, or with a call in the{" "}
          <Link to="/playground" className="text-accent underline">
            playground
          </Link>
          .
        </p>
      ) : (
        <p>
          Teams open jobs with their keys. A key is made on the page of its{" "}
          <Link to="/teams" className="text-accent underline">
            team
          </Link>
          .
        </p>
      )}
    </Empty>
  );
}
