import type { GraphQLResolveInfo, SelectionSetNode } from "graphql";

/** The names of all fields that are selected below a field, however deep. A field that is skipped counts as selected. */
export function selectedFields({ fieldNodes, fragments }: GraphQLResolveInfo): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const collect = (selectionSet: SelectionSetNode | undefined): void => {
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === "FragmentSpread") {
        const { value } = selection.name;
        if (seen.has(value)) continue;
        seen.add(value);
        collect(fragments[value]?.selectionSet);
        continue;
      }
      if (selection.kind === "Field") names.add(selection.name.value);
      collect(selection.selectionSet);
    }
  };
  for (const { selectionSet } of fieldNodes) collect(selectionSet);
  return names;
}
