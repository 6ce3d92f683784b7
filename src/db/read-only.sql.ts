import { statement } from "./statement.js";

export const askIfReadOnly = statement({
  name: "ask-if-read-only",
  params: {},
  text: "SELECT current_setting('transaction_read_only') = 'on' AS is_read_only",
  row: { isReadOnly: "bool" },
});
