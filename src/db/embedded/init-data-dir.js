// Makes an empty database in a folder, as a recipe says. It is a process of its own: the tool that does it, which
// PostgreSQL calls initdb, takes half a gigabyte, and a process that ran it would never give that back.
import { mkdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";

const [folder, recipe] = process.argv.slice(2);
const { initDbStartParams, statements } = JSON.parse(recipe);
mkdirSync(folder, { recursive: true });
const database = await PGlite.create(folder, { initDbStartParams });
for (const statement of statements) await database.exec(statement);
await database.close();
