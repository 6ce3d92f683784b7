import type { FastifyRequest } from "fastify";
import { DomainError, quote } from "../../../lib/errors.js";

/** The versions of Anthropic's API that this door speaks. */
const VERSIONS = ["2023-06-01", "2026-10-21"] as const;
export type ApiVersion = (typeof VERSIONS)[number];

/**
 * Returns the version that a request names. Throws INVALID_INPUT if it names none, as Anthropic does, or another one: a
 * client that works here works there.
 */
export function apiVersionOf({ headers }: FastifyRequest): ApiVersion {
  const given = headers["anthropic-version"];
  const version = VERSIONS.find((each) => each === given);
  if (version !== undefined) return version;
  const got = given === undefined ? "nothing" : quote(given);
  throw new DomainError("INVALID_INPUT", `anthropic-version: must be ${VERSIONS.join(" or ")}, got ${got}.`);
}
