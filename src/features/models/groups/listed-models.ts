import { invalid } from "../../../input/validate.js";
import type { Upstreams } from "../../../upstream/upstreams.js";
import type { GroupModelInput } from "./model-group.input.js";

/** Throws INVALID_INPUT if a listed model has no upstream, or is the same as another one under another name. */
export function requireUpstreams(models: readonly GroupModelInput[], upstreams: Upstreams): void {
  const keys = new Map<string, string>();
  for (const [index, { name }] of models.entries()) {
    const field = `input.models[${index}].name`;
    const found = upstreams.find(name);
    if (!found || found.model === "")
      throw invalid(field, `must begin with the name of an upstream and a slash: ${namesOf(upstreams)}`, name);
    const other = keys.get(found.key);
    if (other !== undefined) throw invalid(field, `must not be the same model as ${other}`, name);
    keys.set(found.key, name);
  }
}

const namesOf = ({ names }: Upstreams): string => names.map((name) => `${name}/`).join(", ");

/**
 * The rows of a list of models. Without a priority, the position decides. Neighbours with a weight share the position of
 * the first of them, because a weight counts among the models of one priority.
 */
export function rowsOf(models: readonly GroupModelInput[]) {
  let first = 0;
  return models.map(({ name, priority, weight }, position) => {
    const before = models[position - 1];
    if (!isShare(models[position]) || !isShare(before)) first = position;
    return { position, name, priority: priority ?? first, weight: weight ?? null };
  });
}

const isShare = (model: GroupModelInput | undefined): boolean => model?.weight != null && model.priority == null;
