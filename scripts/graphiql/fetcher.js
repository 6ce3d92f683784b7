import { createGraphiQLFetcher, isAsyncIterable } from "@graphiql/toolkit";
import { parse } from "graphql";
import { addUp, eventIn } from "./add-up.ts";
import { answer, job, key } from "./page-state.js";

// Each subscription opens its own socket with the headers as they are then, so that a changed key counts at once.
const url = new URL("/graphql", location.href).href;
const send = createGraphiQLFetcher({ url, subscriptionUrl: url.replace(/^http/, "ws") });

/** Sends an operation with the key of the page, and watches its results for what the page shows beside them. */
export async function fetcher(given, givenOptions) {
  const [operation, options] = fresh(given, givenOptions);
  const isOurs = operation.operationName === "IntrospectionQuery";
  if (!isOurs) answer.set(null);
  const result = await send(withJob(operation), { ...options, headers: withKey(options?.headers) });
  if (isOurs) return result;
  return isAsyncIterable(result) ? watched(result) : watch(result);
}

/** Another credential in the Headers tab takes the place of the key. */
function withKey(headers = {}) {
  const isGiven = Object.keys(headers).some((name) => /^(authorization|x-admin-key)$/i.test(name));
  return key.get() === "" || isGiven ? headers : { ...headers, Authorization: `Bearer ${key.get()}` };
}

/** What GraphiQL knows of a document is for a moment that of the tab before, after another tab was chosen. */
function fresh(operation, options) {
  const document = parsed(operation.query);
  if (!document) return [operation, options];
  const names = document.definitions.map(({ name }) => name?.value);
  const operationName = names.includes(operation.operationName) ? operation.operationName : names[0];
  return [
    { ...operation, operationName },
    { ...options, documentAST: document },
  ];
}

/** Null for a document that cannot be read. The gateway will say why. */
function parsed(query) {
  try {
    return parse(query);
  } catch {
    return null;
  }
}

const withJob = (operation) =>
  operation.variables?.jobId === ""
    ? { ...operation, variables: { ...operation.variables, jobId: job.get() } }
    : operation;

/** Passes an iterable on, as it is, so that whoever stops it stops the operation. */
function watched(results) {
  const iterator = results[Symbol.asyncIterator]();
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const result = await iterator.next();
      if (!result.done) watch(result.value);
      return result;
    },
    return: (value) => iterator.return?.(value) ?? Promise.resolve({ done: true, value }),
  };
}

function watch(result) {
  const event = eventIn(result?.data);
  if (event) answer.set(addUp(answer.get(), event));
  const opened = result?.data?.createJob?.id;
  if (opened) job.set(opened);
  return result;
}
