import { expect, it } from "vitest";
import { startFailure } from "../../src/db/postgres/start-failure.js";
import { NotUpYet } from "../../src/lib/start-error.js";

const URL = "postgres://gateway@database:5432/tollgate";

// The driver says so if the connection of a start breaks between two of its statements.
it.each(["Connection terminated unexpectedly", "Client has encountered a connection error and is not queryable"])(
  "a start waits for a database that it has lost: %s",
  (message) => {
    expect(startFailure(URL, new Error(message))).toBeInstanceOf(NotUpYet);
  },
);
