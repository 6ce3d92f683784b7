import type { FastifyInstance } from "fastify";
import type { Config } from "../config/config.js";
import type { Gate } from "../edge/context.js";
import { anthropicDoor } from "./anthropic/anthropic.routes.js";
import { anthropicPaths } from "./anthropic/anthropic-document.js";
import { openAiDoor } from "./openai/openai.routes.js";
import { openAiDocument } from "./openai/openai-document.js";

interface V1Deps {
  readonly gate: Gate;
  readonly config: Config;
}

/** /v1: the doors of OpenAI's and of Anthropic's clients. If introspection is on, /docs describes both by /docs/v1.json. */
export async function v1Doors(server: FastifyInstance, { gate, config }: V1Deps): Promise<void> {
  await server.register(openAiDoor, { gate });
  await server.register(anthropicDoor, { gate });
  if (!config.introspection) return;
  const document = { ...openAiDocument, paths: { ...openAiDocument.paths, ...anthropicPaths } };
  server.get("/docs/v1.json", async () => document);
}
