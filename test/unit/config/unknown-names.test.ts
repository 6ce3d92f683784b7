import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { variableNames } from "../../../src/config/config.js";
import { unknownNames } from "../../../src/config/unknown-names.js";

const inFile = (...names: string[]) => unknownNames({ inFile: names, inEnvironment: names });
const inEnvironment = (...names: string[]) => unknownNames({ inFile: [], inEnvironment: names });

describe("names in .env", () => {
  it("are named if nothing reads them, with the one that was perhaps meant", () => {
    expect(inFile("UPSTREAM_ULR", "PORT", "OPENAI_BASE", "upstream_url", "PROT", "ADMIN_KYE")).toEqual([
      "UPSTREAM_ULR in .env is not a variable of Tollgate. Did you mean UPSTREAM_URL?",
      "OPENAI_BASE in .env is not a variable of Tollgate.",
      "upstream_url in .env is not a variable of Tollgate. Did you mean UPSTREAM_URL?",
      "PROT in .env is not a variable of Tollgate.",
      "ADMIN_KYE in .env is not a variable of Tollgate. Did you mean ADMIN_KEY?",
    ]);
  });

  it("are known if they are for the gateway, docker compose, Node, OpenTelemetry or PostgreSQL's driver", () => {
    const compose = readFileSync(new URL("../../../docker-compose.yml", import.meta.url), "utf8");
    const ofCompose = [...compose.matchAll(/\$\{(\w+)/g)].map(([, name = ""]) => name);
    expect(ofCompose).toContain("LITELLM_MASTER_KEY");
    expect(inFile(...ofCompose, ...variableNames())).toEqual([]);
    expect(inFile("NODE_OPTIONS", "OTEL_SERVICE_NAME", "PGSSLMODE", "COMPOSE_PROJECT_NAME", "TZ")).toEqual([]);
  });
});

describe("names in the environment", () => {
  it("are named only if one or two letters are wrong", () => {
    expect(inEnvironment("DATABSE_URL", "DATABASE_URI", "SIMULATE", "POTR", "HOSTS", "OPENAI_BASE")).toEqual([
      "DATABSE_URL in the environment is not a variable of Tollgate. Did you mean DATABASE_URL?",
      "DATABASE_URI in the environment is not a variable of Tollgate. Did you mean DATABASE_URL?",
      "SIMULATE in the environment is not a variable of Tollgate. Did you mean SIMULATED?",
      "HOSTS in the environment is not a variable of Tollgate. Did you mean HOST?",
    ]);
  });

  it("are left alone if they are those of every system", () => {
    const usual = ["PATH", "HOME", "USER", "SHELL", "PWD", "LANG", "TERM", "TMPDIR", "HOSTNAME", "LOGNAME", "EDITOR"];
    expect(inEnvironment(...usual, "_", "SHLVL", "CI", "DEBUG", "no_proxy", "HTTP_PROXY", "MAIL")).toEqual([]);
  });
});
