import { ApolloProvider } from "@apollo/client/react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { type Connection, connect } from "../api/client";
import { failureOf } from "../api/failure";
import { ViewerDocument } from "../api/graphql";
import { SignInPage } from "./sign-in-page";
import { forgetKey, storedKey, storeKey } from "./stored-key";
import { type Act, may, type Viewer, viewerOf } from "./viewer";

interface Session {
  readonly viewer: Viewer;
  /** The key itself, for requests that are written down for the person to copy. */
  readonly key: string;
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
  readonly key: string;
  readonly viewer: Viewer;
  readonly connection: Connection;
}

/** Shows the page to whoever is signed in, and to everybody else how to sign in. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [signedIn, setSignedIn] = useState<SignedIn | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const [isRestoring, setIsRestoring] = useState(storedKey() !== null);

  const leave = useCallback((why: string | null) => {
    forgetKey();
    setNotice(why);
    setSignedIn((before) => {
      before?.connection.close();
      return null;
    });
  }, []);

  const signIn = useCallback(
    async (key: string, isKept: boolean) => {
      const connection = connect(key, () => leave("The gateway does not accept this key any more. Sign in again."));
      const viewer = await askWho(connection);
      if (isKept) storeKey(key);
      setNotice(null);
      setSignedIn({ key, viewer, connection });
    },
    [leave],
  );

  useEffect(() => {
    const key = storedKey();
    if (key === null) return;
    signIn(key, true)
      .catch((error: Error) => setNotice(error.message))
      .finally(() => setIsRestoring(false));
  }, [signIn]);

  const session = useMemo<Session | null>(
    () =>
      signedIn && {
        viewer: signedIn.viewer,
        key: signedIn.key,
        may: (act) => may(signedIn.viewer, act),
        signOut: () => leave(null),
      },
    [signedIn, leave],
  );

  if (isRestoring) return <output className="sr-only">Signing in.</output>;
  if (!signedIn || !session) return <SignInPage notice={notice} onSignIn={signIn} />;
  return (
    <ApolloProvider client={signedIn.connection.client}>
      <SessionContext value={session}>{children}</SessionContext>
    </ApolloProvider>
  );
}

/** Returns who holds the key. Otherwise closes the connection, and throws what to tell the person. */
async function askWho(connection: Connection): Promise<Viewer> {
  try {
    const { data } = await connection.client.query({ query: ViewerDocument, fetchPolicy: "no-cache" });
    const viewer = data && viewerOf(data);
    if (!viewer) throw new Error("This page does not know that kind of key yet.");
    return viewer;
  } catch (error) {
    connection.close();
    throw new Error(sentenceOf(error));
  }
}

function sentenceOf(error: unknown): string {
  const { code, message } = failureOf(error);
  return code === "UNAUTHENTICATED" ? "The gateway does not know this key." : message;
}
