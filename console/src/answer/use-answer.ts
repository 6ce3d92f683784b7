import { useApolloClient } from "@apollo/client/react";
import { useEffect, useState } from "react";
import { CallEventsDocument } from "../api/graphql";
import { type Answer, addEvent, NO_ANSWER } from "./answer";

/** Tokens may come a hundred times a second. Nobody reads so fast, and drawing them would take the whole processor. */
const SHOWN_EVERY_MS = 250;

interface Followed {
  readonly answer: Answer;
  /** Why the stream ended before the call did. */
  readonly error: unknown;
}

const NOTHING: Followed = { answer: NO_ANSWER, error: null };

/** Follows a call from its first token to its end. If the connection is lost, it goes on where it was. */
export function useAnswer(callId: string | null): Followed {
  const client = useApolloClient();
  const [followed, setFollowed] = useState(NOTHING);
  useEffect(() => {
    setFollowed(NOTHING);
    if (callId === null) return;
    let current = NOTHING;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const show = () => {
      timer = null;
      setFollowed(current);
    };
    const soon = () => {
      timer ??= setTimeout(show, SHOWN_EVERY_MS);
    };
    const reader = client
      .subscribe({ query: CallEventsDocument, variables: { callId, after: 0 }, fetchPolicy: "no-cache" })
      .subscribe({
        next({ data, error }) {
          if (error) current = { ...current, error };
          const event = data?.llmCallEvents;
          // After a lost connection the socket begins the subscription again, and with it the events.
          if (event && (event.sequence > current.answer.sequence || event.__typename === "LlmCallSnapshot"))
            current = { answer: addEvent(current.answer, event), error: null };
          soon();
        },
        error(error) {
          current = { ...current, error };
          show();
        },
      });
    return () => {
      reader.unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [client, callId]);
  return followed;
}
