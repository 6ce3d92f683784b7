import { useApolloClient, useMutation, useQuery } from "@apollo/client/react";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { useAnswer } from "../../answer/use-answer";
import { PlaygroundGroupsDocument, StartPlaygroundCallDocument } from "../../api/graphql";
import { useSession } from "../../session/session";
import { PageHead } from "../../ui/page-head";
import { Empty, Loaded, Skeleton } from "../../ui/states";
import { AnswerCard } from "./answer-card";
import { type Draft, inputOf, NEW_DRAFT } from "./draft";
import { DraftForm } from "./draft-form";
import { JobCard } from "./job-card";
import { SnippetCard } from "./snippet-card";

/** Where a team tries calls by hand. The call that is shown and the job that is open are in the address. */
export function PlaygroundPage() {
  const session = useSession();
  const { viewer } = session;
  return (
    <>
      <PageHead title="Playground" />
      {viewer.teamId === null ? (
        <Empty title="Calls are made with a team's key.">
          {session.may("key.create")
            ? "You manage teams. Make a key for one of them under Teams, and sign in with it to try its model groups."
            : "Ask who manages the team for one, and sign in with it to try the team's model groups."}
        </Empty>
      ) : (
        <Playground teamId={viewer.teamId} />
      )}
    </>
  );
}

const route = getRouteApi("/playground");

function Playground({ teamId }: { readonly teamId: string }) {
  const navigate = route.useNavigate();
  const { call: callId, job: jobId = null } = route.useSearch();
  const client = useApolloClient();
  const [draft, setDraft] = useState<Draft>(NEW_DRAFT);
  const [showsMistakes, setShowsMistakes] = useState(false);
  const asked = useQuery(PlaygroundGroupsDocument, { variables: { teamId } });
  const [start, starting] = useMutation(StartPlaygroundCallDocument);
  const followed = useAnswer(callId ?? null);

  const groups = asked.data?.team?.modelGroups ?? [];
  const chosen = useMemo(
    () => (draft.modelGroup === "" && groups[0] ? { ...draft, modelGroup: groups[0].name } : draft),
    [draft, groups],
  );
  const checked = useMemo(() => inputOf(chosen), [chosen]);

  // Two clicks may come before the button is drawn as busy.
  const isSending = useRef(false);
  async function run() {
    setShowsMistakes(true);
    if (!("input" in checked) || isSending.current) return;
    isSending.current = true;
    try {
      const { data } = await start({ variables: { input: { ...checked.input, ...(jobId && { jobId }) } } });
      const call = data?.startLlmCall;
      if (call) await navigate({ search: (before) => ({ ...before, call: call.id }), replace: true });
    } finally {
      isSending.current = false;
    }
  }

  return (
    <Loaded asked={asked} skeleton={<Skeleton className="h-96" />}>
      {() =>
        groups.length === 0 ? (
          <Empty title="The team has no model group.">Who manages the team can give it one under Teams.</Empty>
        ) : (
          <div className="grid gap-3.5 xl:grid-cols-2">
            <div className="flex min-w-0 flex-col gap-3.5">
              <DraftForm
                draft={chosen}
                groups={groups}
                mistakes={showsMistakes && "mistakes" in checked ? checked.mistakes : {}}
                isBusy={starting.loading}
                error={starting.error}
                onChange={setDraft}
                onRun={() => void run().catch(() => undefined)}
              />
              <SnippetCard input={"input" in checked ? checked.input : null} jobId={jobId} />
            </div>
            <div className="flex min-w-0 flex-col gap-3.5">
              <JobCard
                jobId={jobId}
                onChange={(id) => {
                  void navigate({
                    search: ({ call }) => ({ ...(call && { call }), ...(id && { job: id }) }),
                    replace: true,
                  });
                  // The credits of the team have changed.
                  void client.refetchQueries({ include: [PlaygroundGroupsDocument] });
                }}
                available={asked.data?.team?.credits.available ?? 0}
              />
              {callId && (
                <AnswerCard
                  callId={callId}
                  answer={followed.answer}
                  error={followed.error}
                  onGoOn={(content) =>
                    setDraft({
                      ...chosen,
                      messages: [
                        ...chosen.messages,
                        { id: nextId(chosen), role: "ASSISTANT", content },
                        { id: nextId(chosen) + 1, role: "USER", content: "" },
                      ],
                    })
                  }
                />
              )}
            </div>
          </div>
        )
      }
    </Loaded>
  );
}

const nextId = ({ messages }: Draft): number => Math.max(...messages.map(({ id }) => id)) + 1;
