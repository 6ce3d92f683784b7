// The layers of src, from the ground up. `npm run check` fails if an import runs against them, of a type too.
// Circles are Biome's (noImportCycles); dead exports are knip's.

/** Each layer may import itself and the layers named. */
const LAYERS = {
  generated: [],
  lib: [],
  config: ["lib"],
  auth: ["lib"],
  input: ["lib"],
  streams: ["lib"],
  db: ["lib", "config", "auth", "input", "generated"],
  upstream: ["lib", "config"],
  edge: ["lib", "config", "auth", "input", "db"],
  features: ["lib", "config", "auth", "input", "generated", "db", "streams", "upstream", "edge"],
  "app.ts": ["lib", "config", "auth", "db", "streams", "upstream", "edge", "features"],
  doors: ["lib", "config", "auth", "input", "generated", "edge", "features"],
  ops: ["lib", "config", "auth", "db", "streams", "upstream", "edge", "app.ts", "doors"],
  "stop.ts": ["lib", "app.ts", "doors", "ops"],
  "start-up-text.ts": ["lib", "app.ts"],
  "server.ts": ["lib", "config", "edge", "app.ts", "doors", "ops", "stop.ts"],
  telemetry: ["lib", "config"],
  "main.ts": ["lib", "config", "db", "streams", "app.ts", "ops", "server.ts", "stop.ts", "start-up-text.ts"],
};

/** Each of these folders may import only those before it. */
const ORDERS = {
  features: [
    "idempotency",
    "audit",
    "limits",
    "organizations",
    "keys",
    "models",
    "credits",
    "budgets",
    "teams",
    "jobs",
    "calls",
    "responses",
    "usage",
    "closing",
    "lists",
    "webhooks",
    "system",
  ],
  "features/calls": ["question", "log", "commit", "run", "follow"],
};

/** The kinds of upstream. */
const KINDS = ["openai", "anthropic", "simulated"];

/** These folders do not import each other. */
const APART = {
  doors: ["console", "front", "graphql", "rest", "openai", "anthropic", "mcp", "sessions"],
  upstream: [...KINDS, "pricing", "resilience"],
};

const src = (path) => `^src/${path}${path.endsWith(".ts") ? "$" : "/"}`;
const anyOf = (paths) => `(${paths.map(src).join("|")})`;
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const layers = Object.entries(LAYERS).map(([layer, allowed]) =>
  rule(
    `layer-${layer}`,
    `${layer} may import ${allowed.join(", ") || "nothing of ours"}.`,
    { path: src(layer) },
    {
      path: "^src/",
      pathNot: anyOf([layer, ...allowed]),
    },
  ),
);

const orders = Object.entries(ORDERS).flatMap(([parent, rooms]) =>
  rooms.map((room, index) =>
    rule(
      `order-${parent}-${room}`,
      `${parent}/${room} may import only what comes before it.`,
      { path: src(`${parent}/${room}`) },
      {
        path: `^src/${parent}/[^/]+/`,
        pathNot: anyOf(rooms.slice(0, index + 1).map((before) => `${parent}/${before}`)),
      },
    ),
  ),
);

const apart = Object.entries(APART).flatMap(([parent, rooms]) =>
  rooms.map((room) =>
    rule(
      `apart-${parent}-${room}`,
      `${parent}/${room} and its neighbours know nothing of each other.`,
      { path: src(`${parent}/${room}`) },
      {
        path: anyOf(rooms.filter((other) => other !== room).map((other) => `${parent}/${other}`)),
      },
    ),
  ),
);

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...layers,
    ...orders,
    ...apart,
    rule(
      "every-file-has-a-layer",
      "A new folder or file of src needs a line in LAYERS.",
      {
        path: "^src/",
        pathNot: anyOf(Object.keys(LAYERS)),
      },
      {},
    ),
    rule(
      "features-speak-no-http",
      "What a door is written with is not for features.",
      { path: src("features") },
      {
        path: src("edge/http"),
      },
    ),
    rule(
      "doors-know-no-database",
      "Doors and GraphQL's classes ask services. The enums of the database are free.",
      {
        path: ["^src/doors/", "\\.(resolver|type|input|shapes|routes)\\.ts$"],
      },
      { path: ["^src/db/", "^src/generated/prisma/(?!enums)"] },
    ),
    rule(
      "services-know-no-request",
      "Services know who asks, and nothing of the request.",
      {
        path: "\\.(service|sql|task)\\.ts$",
      },
      { path: ["^src/edge/context\\.ts$", src("edge/http"), "\\.(resolver|loader)\\.ts$"] },
    ),
    rule(
      "rooms-of-calls-are-private",
      "Others see the services of calls, and the reasons for which a call ends.",
      {
        path: "^src/",
        pathNot: src("features/calls"),
      },
      { path: "^src/features/calls/(commit|run|follow)/", pathNot: "/run/end-reasons\\.ts$" },
    ),
    rule(
      "rooms-of-calls-never-look-up",
      "What is inside does not know what stands around it.",
      {
        path: "^src/features/calls/[^/]+/",
      },
      { path: "^src/features/calls/[^/]+$" },
    ),
    rule(
      "upstreams-are-chosen-in-one-place",
      "Only open-provider.ts knows which kinds of upstream there are.",
      {
        path: "^src/",
        pathNot: ["^src/upstream/open-provider\\.ts$", ...KINDS.map((kind) => src(`upstream/${kind}`))],
      },
      { path: anyOf(KINDS.map((kind) => `upstream/${kind}`)) },
    ),
    rule(
      "redis-has-one-room",
      "Everything else works without Redis, and does not load its client.",
      {
        path: "^src/",
        pathNot: src("streams/redis"),
      },
      { path: "node_modules/ioredis/" },
    ),
    rule(
      "examples-stand-alone",
      "A reader can copy an example. Only the demo runs our gateway.",
      {
        path: "^examples/",
        pathNot: "^examples/demo/",
      },
      { path: "^(src|test)/" },
    ),
    rule(
      "one-runner-of-the-ledger",
      "Only the ledger runs the statements that move credits.",
      {
        path: "^src/",
        pathNot: "^src/features/credits/ledger\\.ts$",
      },
      { path: "^src/features/credits/(ledger|grants/grant-moves)\\.sql\\.ts$" },
    ),
  ],
  options: {
    // dependency-cruiser knows no TypeScript 7. swc reads it, and counts imports of types like all others.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
  },
};
