/** The data of an answer without errors: then no root field is null. */
export type Whole<Data> = { readonly [Field in keyof Data]: NonNullable<Data[Field]> };

/** The name of an operation, such as createJob, for messages. */
export function nameOf(document: { toString(): string }): string {
  return /^\s*\w+\s+(\w+)/.exec(document.toString())?.[1] ?? "The operation";
}
