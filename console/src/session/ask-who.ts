import type { Connection } from "../api/client";
import { failureOf } from "../api/failure";
import { ViewerDocument } from "../api/graphql";
import { forgetKey } from "./stored-key";
import { type Viewer, viewerOf } from "./viewer";

/** Returns who it is that the connection speaks for. Otherwise closes it, and throws what to tell the person. */
export async function askWho(connection: Connection): Promise<Viewer> {
  try {
    const { data } = await connection.client.query({ query: ViewerDocument, fetchPolicy: "no-cache" });
    const viewer = data && viewerOf(data);
    if (viewer) return viewer;
  } catch (error) {
    connection.close();
    const { code, message } = failureOf(error);
    // A key that is kept would be tried with every load of the page, before the session of a person.
    if (code === "UNAUTHENTICATED") forgetKey();
    throw new Error(code === "UNAUTHENTICATED" ? "The gateway does not know this key." : message);
  }
  connection.close();
  throw new Error("This page does not know that kind of key yet.");
}
