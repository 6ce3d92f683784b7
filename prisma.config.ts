import { defineConfig } from "prisma/config";

// `prisma generate` asks for the schema engine although it does not use it, and fails where it cannot be downloaded.
// Any existing file satisfies it.
if (process.argv.includes("generate")) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: "prisma/schema.prisma", migrations: { path: "prisma/migrations" } });
