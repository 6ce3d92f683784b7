import { ServerError, ServerParseError } from "@apollo/client";
import { expect, test } from "vitest";
import { failureOf } from "../src/api/failure";

const refused = (status: number, bodyText: string) =>
  new ServerError("refused", {
    response: new Response(bodyText, { status, headers: { "x-request-id": "request-1" } }),
    bodyText,
  });

test("What the gateway refuses before it reads the operation is told in its words", () => {
  const extensions = { code: "RATE_LIMITED", status: 429, retryable: true };
  const body = JSON.stringify({ errors: [{ message: "Too much is asked at once.", extensions }] });
  expect(failureOf(refused(429, body))).toEqual({
    message: "Too much is asked at once.",
    code: "RATE_LIMITED",
    requestId: "request-1",
    mayPass: true,
  });
});

test.each(["<h1>Bad Gateway</h1>", "", "null", '"text"', '{"errors":[]}', '{"errors":"many"}'])(
  "What something between here and the gateway says is told as its status: %s",
  (body) => {
    expect(failureOf(refused(502, body))).toMatchObject({
      message: "The gateway answered with status 502.",
      code: null,
      mayPass: true,
    });
  },
);

test("An answer that breaks off is not told as if none came", () => {
  const response = new Response("", { headers: { "x-request-id": "request-1" } });
  const error = new ServerParseError(new SyntaxError("no end"), { response, bodyText: '{"data":{"jo' });
  expect(failureOf(error)).toMatchObject({
    message: "The gateway's answer broke off, or came from something else in between.",
    requestId: "request-1",
    mayPass: true,
  });
  expect(failureOf(new TypeError("Failed to fetch"))).toMatchObject({ message: "The gateway cannot be reached." });
});
