/** Whether the section "Unreleased" of a changelog has a line with the word "Breaking". */
export function announcesBreakingChange(changelog: string): boolean {
  const sections = changelog.split(/^## /m);
  const unreleased = sections.find((section) => /^\[?Unreleased\b/i.test(section));
  return unreleased !== undefined && /\bBreaking\b/.test(unreleased);
}
