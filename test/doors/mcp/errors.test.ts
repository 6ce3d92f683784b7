import { describe, expect, it } from "vitest";
import { MCP_CLIENTS } from "../../kit/clients/mcp.js";
import { SUSPEND } from "../../kit/credentials.js";
import { useGateway } from "../../kit/gateway/gateway.js";
import { fail } from "../../kit/upstream/upstream-behaviours.js";
