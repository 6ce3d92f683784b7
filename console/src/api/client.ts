import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from "@apollo/client";
import { ErrorLink } from "@apollo/client/link/error";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { OperationTypeNode } from "graphql";
import { createClient } from "graphql-ws";
import { cacheConfig } from "./cache";

/** What the page speaks to the gateway with, for one person who is signed in. */
export interface Connection {
  readonly client: ApolloClient;
  /** Closes the socket and forgets everything that was read. */
  close(): void;
}

/** The gateway closes a socket with this code if it does not know who speaks, or not any more. */
const SIGNED_OUT = 4401;

/**
 * Connects with a key, or with the session of whoever has signed in through a provider, which the browser sends. Queries
 * and mutations go over HTTP, subscriptions over one socket. `onSignedOut` is called when the gateway does not know the
 * key any more.
 */
export function connect(key: string | null, onSignedOut: () => unknown): Connection {
  const credentials: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const sockets = createClient({
    url: `${location.origin.replace(/^http/, "ws")}/graphql`,
    connectionParams: credentials,
    // A socket opens with the first subscription, and closes some time after the last.
    lazyCloseTimeout: 5_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    // A socket that connects again may find that its key or its session has ended meanwhile.
    on: { closed: (event) => (event as CloseEvent).code === SIGNED_OUT && onSignedOut() },
  });
  const watchErrors = new ErrorLink(({ error, operation }) => {
    if (!CombinedGraphQLErrors.is(error)) return;
    const response: Response | undefined = operation.getContext().response;
    const [first] = error.errors;
    if (first) requestIds.set(first, response?.headers.get("x-request-id") ?? null);
    if (error.errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED")) onSignedOut();
  });
  const client = new ApolloClient({
    cache: new InMemoryCache(cacheConfig),
    link: ApolloLink.from([
      watchErrors,
      ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        new GraphQLWsLink(sockets),
        new HttpLink({ uri: "/graphql", headers: credentials, credentials: "same-origin" }),
      ),
    ]),
    defaultOptions: {
      // What is known is shown at once, and asked for again.
      watchQuery: { fetchPolicy: "cache-and-network", nextFetchPolicy: "cache-first" },
    },
  });
  return {
    client,
    close() {
      void sockets.dispose();
      client.stop();
      void client.clearStore();
    },
  };
}

/** By the first of an answer's errors: Apollo puts them into another object more than once. */
const requestIds = new WeakMap<object, string | null>();

/** The id of the request that failed, with which the operator finds it in the log. Null if it is not known. */
export const requestIdOf = ({ errors: [first] }: { readonly errors: readonly object[] }): string | null =>
  (first && requestIds.get(first)) ?? null;
