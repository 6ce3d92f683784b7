import { ERRORS } from "../src/lib/errors.js";

/** Prints docs/errors.md, which is the error table of the code for people. */
export function printErrors(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, { status, retryable, message, whatToDo }]) =>
      `| ${code} | ${status} | ${retryable ? "yes" : "no"} | ${message} | ${whatToDo} |`,
  );
  return `# Errors

Every door answers with the codes of one table. GraphQL has the code in \`extensions.code\`, REST in the header
\`x-tollgate-error-code\`, and /v1 in \`error.code\`, in lower case or in OpenAI's word for it. /v1/messages has
Anthropic's statuses and types, and the code in \`error.details.error_code\`, in lower case. A tool of MCP has it in the JSON of its text, as \`error.code\`. The status below is what REST answers with. "Retryable" says whether sending the same request again can help.

Some errors tell more. GraphQL has it in \`extensions\` under the names below. REST and /v1 have fields of the error for it, with
values in lower case: \`limit\`, \`limit_of\` (\`of\` below) and \`suspended\`.

This file is written by \`npm run schema\` from \`src/lib/errors.ts\`.

| code | HTTP status | retryable | meaning | what to do |
|---|---|---|---|---|
${rows.join("\n")}
`;
}
