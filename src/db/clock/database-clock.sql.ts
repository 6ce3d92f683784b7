import { statement } from "../statement.js";

export const readNow = statement({
  name: "read-now",
  params: {},
  text: "SELECT tollgate_now() AS now",
  row: { now: "timestamptz" },
});
