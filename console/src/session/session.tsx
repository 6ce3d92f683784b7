import { ApolloProvider } from "@apollo/client/react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { type Connection, connect } from "../api/client";
import { askWho } from "./ask-who";
import { askProvider, endSession, type Provider, takeSignInError } from "./provider";
import { SignInPage } from "./sign-in-page";
import { forgetKey, storedKey, storeKey } from "./stored-key";
import { type Act, may, type Viewer } from "./viewer";

interface Session {
  readonly viewer: Viewer;
  may(act: Act): boolean;
  signOut(): void;
}

const SessionContext = createContext<Session | null>(null);

/** Returns the session of whoever is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("Nobody is signed in here.");
  return session;
}

interface SignedIn {
  /** Null for a person who came through the provider. */
  readonly key: string | null;
  readonly viewer: Viewer;
  readonly connection: Connection;
}

const NOT_ANY_MORE = "You are not signed in any more. Sign in again.";

/** Shows the page to whoever is signed in, and to everybody else how to sign in. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [signedIn, setSignedIn] = useState<SignedIn | null>(null);
  const [notice, setNotice] = useState<string | null>(takeSignInError);
  const [provider, setProvider] = useState<Provider | null>(null);
  const [isStarting, setIsStarting] = useState(true);

  const leave = useCallback((why: string | null) => {
    forgetKey();
    setNotice(why);
    setSignedIn((before) => {
      before?.connection.close();
      return null;
    });
  }, []);

  const signIn = useCallback(
    async (key: string | null) => {
      let isIn = false;
      const connection = connect(key, () => isIn && leave(NOT_ANY_MORE));
      const viewer = await askWho(connection);
      isIn = true;
      setNotice(null);
      setSignedIn({ key, viewer, connection });
    },
    [leave],
  );

  useEffect(() => {
    const key = storedKey();
    const start = async () => {
      const offered = await askProvider();
      setProvider(offered);
      if (key !== null) await signIn(key).catch((error: Error) => setNotice(error.message));
      // Whether there is a session is not to be seen from here, so it is tried.
      else if (offered) await signIn(null).catch(() => undefined);
    };
    void start().finally(() => setIsStarting(false));
  }, [signIn]);

  const session = useMemo<Session | null>(
    () =>
      signedIn && {
        viewer: signedIn.viewer,
        may: (act) => may(signedIn.viewer, act),
        signOut: () => {
          const goAway = () => {
            // Whoever signs in next begins at the overview, and not with what this person looked at.
            history.replaceState(null, "", "/console");
            leave(null);
          };
          if (signedIn.key !== null) return goAway();
          endSession().then(goAway, () =>
            leave("The gateway did not answer, so the session may go on. Sign out again later."),
          );
        },
      },
    [signedIn, leave],
  );

  if (isStarting) return <output className="sr-only">Signing in.</output>;
  if (!signedIn || !session)
    return (
      <SignInPage
        notice={notice}
        provider={provider}
        onSignIn={async (key, isKept) => {
          await signIn(key);
          if (isKept) storeKey(key);
        }}
      />
    );
  return (
    <ApolloProvider client={signedIn.connection.client}>
      <SessionContext value={session}>{children}</SessionContext>
    </ApolloProvider>
  );
}
