import type { Gateway } from "../gateway/gateway.js";

// The clients that hosts of agents use: that of revision 2026-07-28, and the older one.

interface ToolAnswer {
  /** What the tool told, or the error that it told instead. */
  // biome-ignore lint/suspicious/noExplicitAny: tests pick from answers whose shape they state themselves.
  readonly told: any;
  readonly isError: boolean;
}

export interface McpClient {
  readonly protocol: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests pick from answers whose shape they state themselves.
  tools(): Promise<any[]>;
  call(name: string, input?: object, onProgress?: (progress: number) => void): Promise<ToolAnswer>;
  close(): Promise<void>;
}

export interface McpClientKind {
  readonly title: string;
  readonly protocol: string;
  connect(gateway: Pick<Gateway, "url">, credential?: string): Promise<McpClient>;
}

const NAME = { name: "test", version: "1" };
const requestInitOf = (credential: string | undefined) => ({
  requestInit: { headers: { ...(credential !== undefined && { authorization: `Bearer ${credential}` }) } },
});

/** The text and the structured content say the same, and an error is in the text. */
function toldBy({ content, structuredContent, isError }: Readonly<Record<string, unknown>>): ToolAnswer {
  const [{ text }] = content as [{ text: string }];
  const told = JSON.parse(text);
  if (isError === true) return { told: told.error, isError: true };
  if (JSON.stringify(structuredContent) !== text)
    throw new Error(`The text differs from the structured content: ${text}`);
  return { told, isError: false };
}

export const MCP_CLIENTS: readonly McpClientKind[] = [
  {
    title: "@modelcontextprotocol/client 2 (revision 2026-07-28)",
    protocol: "2026-07-28",
    async connect({ url }, credential) {
      const { Client, StreamableHTTPClientTransport } = await import("@modelcontextprotocol/client");
      const client = new Client(NAME, { versionNegotiation: { mode: "auto" } });
      await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), requestInitOf(credential)));
      return {
        protocol: client.getNegotiatedProtocolVersion(),
        tools: async () => (await client.listTools()).tools,
        call: async (name, input = {}, onProgress) =>
          toldBy(
            await client.callTool(
              { name, arguments: input as Record<string, unknown> },
              onProgress && { onprogress: ({ progress }) => onProgress(progress) },
            ),
          ),
        close: () => client.close(),
      };
    },
  },
  {
    title: "@modelcontextprotocol/sdk 1 (revision 2025-11-25)",
    protocol: "2025-11-25",
    async connect({ url }, credential) {
      const { Client } = await import("@modelcontextprotocol/sdk/client/index.js");
      const { StreamableHTTPClientTransport } = await import("@modelcontextprotocol/sdk/client/streamableHttp.js");
      const client = new Client(NAME);
      const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), requestInitOf(credential));
      await client.connect(transport as Parameters<typeof client.connect>[0]);
      return {
        protocol: transport.protocolVersion,
        tools: async () => (await client.listTools()).tools,
        call: async (name, input = {}, onProgress) =>
          toldBy(
            await client.callTool(
              { name, arguments: input as Record<string, unknown> },
              undefined,
              onProgress && { onprogress: ({ progress }) => onProgress(progress) },
            ),
          ),
        close: () => client.close(),
      };
    },
  },
];
