import type { ModelGroupRow } from "../../features/models/groups/model-group.service.js";
import { invalid } from "../../input/validate.js";
import { quote } from "../../lib/errors.js";

/** A model group, in the shape of Anthropic's models. */
export const modelShape = ({ name, displayName, createdAt }: ModelGroupRow) => ({
  type: "model",
  id: name,
  display_name: displayName,
  created_at: createdAt.toISOString(),
});

export interface ModelQuery {
  readonly limit?: string;
  readonly after_id?: string;
  readonly before_id?: string;
}

const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 1_000;

/** The part of a list of models that a query asks for. Throws INVALID_INPUT for a limit that is not 1 to 1000. */
export function modelListShape(groups: readonly ModelGroupRow[], query: ModelQuery) {
  const limit = Number(query.limit ?? LIMIT_DEFAULT);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX)
    throw invalid("limit", `must be a whole number from 1 to ${LIMIT_MAX}`, quote(query.limit));
  const names = groups.map(({ name }) => name);
  const start = query.after_id === undefined ? 0 : names.indexOf(query.after_id) + 1;
  const end = query.before_id === undefined ? names.length : Math.max(0, names.indexOf(query.before_id));
  const between = groups.slice(start, end);
  const isBackwards = query.before_id !== undefined && query.after_id === undefined;
  const data = (isBackwards ? between.slice(-limit) : between.slice(0, limit)).map(modelShape);
  return {
    data,
    has_more: data.length < between.length,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}
