import { expect, test } from "vitest";
import { isSameName } from "../src/ui/dialogs/same-name";

test.each([
  ["support", "support"],
  ["two spaces", "two  spaces"],
  ["edge", " edge "],
  ["evil", "\u202eevil\u202c"],
  ["caf\u00e9", "cafe\u0301"],
])("%s is typed for %j", (typed, name) => expect(isSameName(typed, name)).toBe(true));

test.each([
  ["", "support"],
  ["Support", "support"],
  ["suppor", "support"],
  ["", "\u202e"],
  [" ", "\u202e"],
])("%j is not typed for %j", (typed, name) => expect(isSameName(typed, name)).toBe(false));
