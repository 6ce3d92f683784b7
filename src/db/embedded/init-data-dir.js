// Makes an empty database in a folder, in a process of its own: the tool that does it, which PostgreSQL calls initdb,
// takes half a gigabyte, and a process that ran it would never give that back.
import { mkdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";

// Small segments, because a segment of the log takes its whole size on the disk, however little it holds.
const initDbStartParams = ["--wal-segsize=1"];

const [folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const database = await PGlite.create(folder, { initDbStartParams });
// New databases would be made from these two, and there will be none. They are two thirds of 1,000 files.
await database.exec("UPDATE pg_database SET datistemplate = false");
for (const name of ["template0", "template1"]) await database.exec(`DROP DATABASE ${name}`);
await database.close();
