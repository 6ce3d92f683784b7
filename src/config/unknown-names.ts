import { closest, distance } from "fastest-levenshtein";
import { variableNames } from "./config.js";

/** Variables that docker-compose.yml takes from `.env`. The gateway does not read them. */
const OF_COMPOSE: ReadonlySet<string> = new Set(["POSTGRES_PASSWORD", "LITELLM_MASTER_KEY", "OPENAI_API_KEY"]);
/** The beginnings of variables that Node, its libraries, PostgreSQL's driver and Docker read. */
const OF_OTHERS = /^(NODE_|UV_|OTEL_|PG|COMPOSE_|DOCKER_|TZ$)/;

/** From this length on, two letters may be wrong, and in a shorter name one: HOME is not a misspelt HOST. */
const LONG_NAME = 8;

/** The names of variables, by where they are set. Those of the `.env` file may be in the environment too. */
export interface Names {
  readonly inFile: readonly string[];
  readonly inEnvironment: readonly string[];
  /** Those that the file of upstreams names. */
  readonly ofUpstreams?: ReadonlySet<string>;
}

/**
 * Returns a sentence for each name that the gateway does not know: all of those in `.env`, which is the gateway's own
 * file, and of those in the environment, which belongs to everybody, only the misspelt ones.
 */
export function unknownNames({ inFile, inEnvironment, ofUpstreams }: Names): string[] {
  const known = variableNames();
  const isForeign = (name: string) =>
    known.has(name) || ofUpstreams?.has(name) || OF_COMPOSE.has(name) || OF_OTHERS.test(name);
  const ofFile = new Set(inFile.filter((name) => !isForeign(name)));
  const ofEnvironment = inEnvironment.filter((name) => !isForeign(name) && !inFile.includes(name));
  return [
    ...[...ofFile].map((name) => sentence(name, ".env", meantBy(name, known))),
    ...ofEnvironment.flatMap((name) => {
      const meant = meantBy(name, known);
      return meant ? [sentence(name, "the environment", meant)] : [];
    }),
  ];
}

/** Returns the known name that a misspelt one is for. */
function meantBy(name: string, known: ReadonlySet<string>): string | undefined {
  const nearest = closest(name.toUpperCase(), [...known]);
  return distance(name.toUpperCase(), nearest) <= (nearest.length < LONG_NAME ? 1 : 2) ? nearest : undefined;
}

const sentence = (name: string, place: string, meant: string | undefined): string =>
  `${name} in ${place} is not a variable of Tollgate.${meant ? ` Did you mean ${meant}?` : ""}`;
