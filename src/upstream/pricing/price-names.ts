import type { MatchLogic, ModelInfo } from "@pydantic/genai-prices";

/**
 * Whether a model of the price table has this name itself. The table's rules match the beginnings and parts of names,
 * so "claude-3-opus-of-my-own" would be priced as Claude 3 Opus. Here a name must be one that the table spells out,
 * with or without the version at its end (-20241022, @20240620, -latest, -preview-05-06, -v1:0).
 */
export function isNameOf(model: Pick<ModelInfo, "id" | "match">, name: string): boolean {
  const asked = name.toLowerCase();
  if (stemOf(model.id) === stemOf(asked)) return true;
  return clausesOf(model.match).some((clause) => {
    if ("equals" in clause) return clause.equals.toLowerCase() === asked;
    if ("starts_with" in clause) return stemOf(clause.starts_with) === stemOf(asked);
    if ("contains" in clause) return stemOf(clause.contains) === stemOf(asked);
    if ("ends_with" in clause) return clause.ends_with.toLowerCase() === asked;
    return "regex" in clause && /^\^.*\$$/.test(clause.regex) && new RegExp(clause.regex).test(asked);
  });
}

function clausesOf(match: MatchLogic): MatchLogic[] {
  if ("or" in match) return match.or.flatMap(clausesOf);
  if ("and" in match) return match.and.flatMap(clausesOf);
  return [match];
}

/**
 * The version at the end of a name. Some clauses of the table end inside a version, and lose it too:
 * "claude-sonnet-4-2025" and "claude-sonnet-4@".
 */
const VERSION =
  /(?:[-@](?:latest|preview|20\d{2}|20\d{6}|20\d{2}-\d{2}-\d{2}|preview-\d{2}-\d{2}|preview-\d{2}-20\d{2})|-v\d+(?::\d+)?|[-@])$/;

/** Bedrock's regions. The table has chosen the entry by them, and writes them differently in its own names. */
const REGION = /^(?:regional|global|us-gov|us|eu|apac|au|jp)\./;

function stemOf(name: string): string {
  const shorter = name.toLowerCase().replace(REGION, "").replace(VERSION, "");
  return shorter.length === name.length ? shorter : stemOf(shorter);
}
