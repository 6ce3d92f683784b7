import type { GroupFragment, GroupModelInput } from "../../../api/graphql";

type Model = GroupFragment["models"][number];

/** Whether two neighbours share calls: they have a priority in common, and weights. */
const isShared = (one: Model | undefined, other: Model | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  one.priority === other.priority &&
  (one.weight !== null || other.weight !== null);

/**
 * The models as lines that a person edits: a name, and "= 3" for a weight. A blank line parts neighbours that have weights and
 * do not share calls.
 */
export function linesOfModels(models: readonly Model[]): string {
  const lines = models.flatMap((model, index) => {
    const [before, after] = [models[index - 1], models[index + 1]];
    const isOfShare = isShared(before, model) || isShared(model, after);
    const weight = model.weight ?? (isOfShare ? 1 : null);
    const isParted = before !== undefined && before.weight !== null && weight !== null && !isShared(before, model);
    return [...(isParted ? [""] : []), weight === null ? model.name : `${model.name} = ${weight}`];
  });
  return lines.join("\n");
}

/** Reads such lines. Lines with weights that stand together share calls; all others are tried in their order. */
export function modelsOfLines(text: string): GroupModelInput[] {
  const models: GroupModelInput[] = [];
  let isParted = false;
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "") {
      isParted = true;
      continue;
    }
    const [, name = line, weight] = /^(.*\S)\s*=\s*(\d{1,9})$/.exec(line) ?? [];
    const before = models.at(-1);
    const joins = weight !== undefined && !isParted && before?.weight != null;
    const priority = before === undefined ? 0 : (before.priority ?? 0) + (joins ? 0 : 1);
    models.push({ name, priority, ...(weight !== undefined && { weight: Number(weight) }) });
    isParted = false;
  }
  return models;
}

/** The models in another order. Those that shared calls and still stand together go on to share them. */
export function reordered(models: readonly Model[], names: readonly string[]): GroupModelInput[] {
  const known = new Map(models.map((model) => [model.name, model]));
  return modelsOfLines(linesOfModels(names.flatMap((name) => known.get(name) ?? [])));
}
