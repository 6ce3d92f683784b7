import { registerEnumType } from "type-graphql";
import { ERRORS, type ErrorCode } from "../../lib/errors.js";

const codes = Object.keys(ERRORS) as ErrorCode[];

/** The codes of the error table, as an enum of the schema. */
export const ErrorCodeEnum = Object.fromEntries(codes.map((code) => [code, code])) as { [Code in ErrorCode]: Code };

registerEnumType(ErrorCodeEnum, {
  name: "ErrorCode",
  description:
    "What went wrong. Every error has its code in `extensions.code`, and beside it the HTTP status that other doors answer with (`status`) and whether sending the same request again can help (`retryable`).",
  valuesConfig: Object.fromEntries(
    codes.map((code) => {
      const { status, retryable, message, whatToDo } = ERRORS[code];
      const again = retryable ? "retryable" : "not retryable";
      return [code, { description: `${message} HTTP status ${status}, ${again}. What to do: ${whatToDo}` }];
    }),
  ),
});
