import { describe, expect, it } from "vitest";
import { type Config, readConfig } from "../../../src/config/config.js";
import { problemsOf } from "../../kit/config/problems-of.js";

const KEY = "sk-0123456789abcdef";

const upstreamOf = (config: Config) => {
  const [upstream] = config.upstreams;
  if (upstream?.kind !== "openai-compatible") throw new Error("No upstream is configured.");
  return upstream;
};

describe("HOST and ADMIN_KEY", () => {
  it.each(["127.0.0.1", "::1", "localhost"])("allow the default key on %s", (host) => {
    expect(readConfig({ HOST: host })).toMatchObject({ host, adminKeyIsDefault: true });
  });

  it.each(["0.0.0.0", "::", "192.168.1.7", "gateway.example.com", "localhost.example.com"])(
    "refuse the default key on %s, even if it is set explicitly",
    (host) => {
      const problem = `HOST must be a loopback address (127.0.0.1, ::1, localhost) while ADMIN_KEY is not set to a key of your own, got "${host}".`;
      expect(problemsOf({ HOST: host })).toEqual([problem]);
      expect(problemsOf({ HOST: host, ADMIN_KEY: "sk-admin-key-change-me" })).toEqual([problem]);
    },
  );

  it("allow any host with another key", () => {
    expect(readConfig({ HOST: "0.0.0.0", ADMIN_KEY: KEY, SIMULATED: "on" })).toMatchObject({
      host: "0.0.0.0",
      adminKey: KEY,
      adminKeyIsDefault: false,
    });
  });

  it("take keys of 16 to 512 visible characters, and refuse others without showing them", () => {
    for (const key of ["a".repeat(16), "~".repeat(512)])
      expect(readConfig({ ADMIN_KEY: key, SIMULATED: "on" }).adminKey).toBe(key);
    for (const key of ["a".repeat(15), "a".repeat(513), "sixteen characters", "sk-ключключключключ"]) {
      expect(problemsOf({ ADMIN_KEY: key, SIMULATED: "on" })).toEqual([
        `ADMIN_KEY must be 16 to 512 visible ASCII characters, got "${key.length} characters".`,
      ]);
    }
  });
});

describe("CORS_ORIGINS", () => {
  it("is a list of origins", () => {
    const origins = ["https://app.example.com", "http://localhost:5173"];
    expect(readConfig({ CORS_ORIGINS: ` ${origins.join(" , ")},` }).corsOrigins).toEqual(origins);
  });

  it.each([
    "*",
    "null",
    "app.example.com",
    "https://app.example.com/",
    "https://app.example.com/path",
    "https://*.example.com:80/",
    "file:///tmp",
  ])("refuses %s, and names only that origin", (origin) => {
    expect(problemsOf({ CORS_ORIGINS: `https://fine.example.com,${origin}` })).toEqual([
      `CORS_ORIGINS must be origins such as https://app.example.com, separated by commas, got "${origin}".`,
    ]);
  });
});

describe("DATABASE_URL and DATA_DIR", () => {
  it.each(["postgres://u:p@db.example.com:5432/tollgate", "postgresql://db/tollgate"])("take %s", (url) => {
    expect(readConfig({ DATABASE_URL: url, DATA_DIR: "/ignored", SIMULATED: "on" }).database).toEqual({
      kind: "postgres",
      url,
    });
  });

  it("keep the data in a directory, or only in memory", () => {
    expect(readConfig({ DATA_DIR: "/var/lib/tollgate" }).database).toEqual({
      kind: "pglite",
      dataDir: "/var/lib/tollgate",
    });
    expect(readConfig({ DATA_DIR: "memory" }).database).toEqual({ kind: "pglite", dataDir: null });
  });

  it.each([
    ["mysql://root:hunter2@db/tollgate", "mysql"],
    ["root:hunter2@db/tollgate", "root"],
    ["postgres//root:hunter2@db", "postgres"],
    ["/var/run/hunter2", ""],
  ])("refuse %s, showing no more of it than its beginning", (url, shown) => {
    expect(problemsOf({ DATABASE_URL: url })).toEqual([
      `DATABASE_URL must be a URL starting with postgres:// or postgresql://, got "${shown}".`,
    ]);
  });
});

describe("REDIS_URL", () => {
  it.each(["redis://localhost:6379", "rediss://u:p@redis.example.com:6380/1"])("takes %s", (url) => {
    expect(readConfig({ REDIS_URL: url }).redisUrl).toBe(url);
  });

  it("may be missing", () => {
    expect(readConfig({}).redisUrl).toBeUndefined();
  });

  it.each(["http://root:hunter2@redis", "redis.example.com:6379", "redis//root:hunter2@redis"])(
    "refuses %s, showing no more of it than its beginning",
    (url) => {
      const shown = url.split(/[:/@]/, 1)[0];
      expect(problemsOf({ REDIS_URL: url })).toEqual([
        `REDIS_URL must be a URL starting with redis:// or rediss://, got "${shown}".`,
      ]);
    },
  );
});

describe("an address", () => {
  it.each([
    ["DATABASE_URL", "postgres://tollgate:12/hunter2@db/tollgate"],
    ["DATABASE_URL", "postgres://tollgate:12#hunter2@db/tollgate"],
    ["DATABASE_URL", "postgres://tollgate:12?hunter2@db/tollgate"],
    ["UPSTREAM_URL", "http://user:12/hunter2@llm/v1"],
    ["REDIS_URL", "redis://user:12/hunter2@redis:6379"],
  ])("%s with a password that ends its host, as in %s, is refused without a part of it", (name, url) => {
    const [problem, ...others] = problemsOf({ SIMULATED: "", [name]: url }).filter((each) => each.startsWith(name));
    expect(problem).toBe(
      `${name} has an @ behind its host. In a user, a password or a path, write %2F, %3F, %23 and %40.`,
    );
    expect(others.filter((each) => /12|hunter2/.test(each))).toEqual([]);
  });
});

describe("UPSTREAM_URL and UPSTREAM_API_KEY", () => {
  it("choose an upstream, with or without a key", () => {
    const url = "https://llm.example.com/v1";
    expect(readConfig({ UPSTREAM_URL: url, UPSTREAM_API_KEY: KEY }).upstreams[0]).toEqual({
      name: "default",
      headers: {},
      firstTokenTimeoutMs: null,
      idleTimeoutMs: null,
      concurrencyMax: null,
      kind: "openai-compatible",
      url,
      apiKey: KEY,
    });
    expect(upstreamOf(readConfig({ UPSTREAM_URL: url })).apiKey).toBeUndefined();
  });

  it.each(["ftp://u:hunter2@llm.example.com", "llm:hunter2@example.com", "https//llm.example.com"])(
    "refuse %s",
    (url) => {
      const [problem, ...others] = problemsOf({ UPSTREAM_URL: url });
      expect(problem).toMatch(/^UPSTREAM_URL must be a URL starting with http:\/\/ or https:\/\/, got "/);
      expect(problem).not.toContain("hunter2");
      expect(others).toEqual([]);
    },
  );
});
