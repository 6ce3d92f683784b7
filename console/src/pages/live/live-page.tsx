import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { Card } from "../../ui/card";
import { Note } from "../../ui/note";
import { PageHead } from "../../ui/page-head";
import { Failed, Loaded, Skeleton } from "../../ui/states";
import { TeamPicker } from "../../work/team/team-picker";
import { TotalCount } from "../../work/total-count";
import { LiveList } from "./live-list";
import { NothingRuns } from "./nothing-runs";
import { useLiveRows } from "./use-live-rows";

const route = getRouteApi("/live");
/** What the API lists at once. */
const SHOWN_MAX = 100;

/** The calls that run at this moment, with what they say as they say it. */
export function LivePage() {
  const { team } = route.useSearch();
  const navigate = route.useNavigate();
  const [isHeld, setIsHeld] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const { asked, rows, total } = useLiveRows(team, isHeld);
  return (
    <>
      <PageHead
        title="Live"
        beside={asked.data && <TotalCount count={total} one="running call" many="running calls" />}
      >
        <TeamPicker
          value={team}
          onChange={(chosen) => navigate({ search: chosen ? { team: chosen } : {}, replace: true })}
        />
      </PageHead>
      {total > SHOWN_MAX && (
        <div className="mb-3.5">
          <Note>The {SHOWN_MAX} calls that have run longest are shown. The others follow when these end.</Note>
        </div>
      )}
      {refusal !== null && (
        <div className="mb-3.5">
          <Failed error={refusal} />
        </div>
      )}
      <Card>
        <Loaded asked={asked} skeleton={<Skeleton lines={8} className="h-12" />}>
          {() =>
            rows.length === 0 ? <NothingRuns /> : <LiveList rows={rows} onHold={setIsHeld} onRefused={setRefusal} />
          }
        </Loaded>
      </Card>
    </>
  );
}
