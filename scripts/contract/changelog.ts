import type { BreakingChange } from "./breaking-changes.js";

/**
 * Returns the changes that a changelog does not announce. An entry of the section "Unreleased" announces a change if it
 * has the word "Breaking" and names what changes, such as `Job.note`, or what that belongs to, such as `Job`.
 */
export function unannounced(changes: readonly BreakingChange[], changelog: string): BreakingChange[] {
  const sections = changelog.split(/^## /m);
  const unreleased = sections.find((section) => /^\[?Unreleased\b/i.test(section)) ?? "";
  const entries = unreleased.split(/^- /m).filter((entry) => /\bBreaking\b/.test(entry));
  return changes.filter((change) => !entries.some((entry) => wholes(change.of).some((name) => names(entry, name))));
}

/** Returns a coordinate and what it belongs to: of "Query.jobs.team" also "Query.jobs" and "Query". A route is whole. */
function wholes(coordinate: string): string[] {
  const parts = coordinate.includes(" ") ? [coordinate] : coordinate.split(".");
  return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}

const names = (entry: string, name: string) => entry.includes(`\`${name}\``);
