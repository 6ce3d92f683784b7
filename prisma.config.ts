import { defineConfig } from "prisma/config";

// Prisma's CLI asks for its schema engine even where it does not use it, and fails where it cannot be downloaded. Any
// existing file satisfies it. Only `prisma migrate` and `prisma db` need the real one; migrations here run without it.
const usesSchemaEngine = process.argv.includes("migrate") || process.argv.includes("db");
if (!usesSchemaEngine) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: "prisma/schema.prisma", migrations: { path: "prisma/migrations" } });
