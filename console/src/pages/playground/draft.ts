import type { LlmCallInput, MessageRole } from "../../api/graphql";

/** A call as it is being written. Everything is text, as it stands in the fields. */
export interface Draft {
  readonly modelGroup: string;
  readonly messages: readonly DraftMessage[];
  readonly temperature: string;
  readonly maxTokens: string;
  /** A JSON array of tools, as OpenAI defines them. */
  readonly tools: string;
  /** A JSON schema that the answer follows. */
  readonly schema: string;
}

export interface DraftMessage {
  /** Tells the messages apart while they are edited. */
  readonly id: number;
  readonly role: MessageRole;
  readonly content: string;
}

export const ROLES = [
  ["SYSTEM", "System"],
  ["USER", "User"],
  ["ASSISTANT", "Assistant"],
] as const satisfies readonly (readonly [MessageRole, string])[];

export const NEW_DRAFT: Draft = {
  modelGroup: "",
  messages: [{ id: 0, role: "USER", content: "" }],
  temperature: "",
  maxTokens: "",
  tools: "",
  schema: "",
};

/** What is wrong with a draft, by the name of the field. */
export type Mistakes = Partial<Record<keyof Draft, string>>;

/** What the gateway is asked with, without the job. */
export type CallInput = Pick<LlmCallInput, "modelGroup" | "temperature" | "maxTokens" | "tools" | "responseFormat"> & {
  readonly messages: readonly { readonly role: MessageRole; readonly content: string }[];
};

/** Turns a draft into the input of a call, or says what is wrong with it. Empty fields are left to the model. */
export function inputOf(draft: Draft): { readonly input: CallInput } | { readonly mistakes: Mistakes } {
  const mistakes: { -readonly [Name in keyof Draft]?: string } = {};
  const messages = draft.messages
    .filter(({ content }) => content !== "")
    .map(({ role, content }) => ({ role, content }));
  if (draft.modelGroup === "") mistakes.modelGroup = "Choose a model group.";
  if (messages.length === 0) mistakes.messages = "Write a message first.";
  const temperature = numberOf(draft.temperature);
  if (temperature !== null && !(temperature >= 0 && temperature <= 2)) mistakes.temperature = "It must be from 0 to 2.";
  const maxTokens = numberOf(draft.maxTokens);
  if (maxTokens !== null && !(Number.isInteger(maxTokens) && maxTokens >= 1))
    mistakes.maxTokens = "It must be a whole number, 1 or more.";
  const tools = jsonOf(draft.tools);
  if (tools !== null && !Array.isArray(tools)) mistakes.tools = "It must be a JSON array of tools.";
  const schema = jsonOf(draft.schema);
  if (schema !== null && !isObject(schema)) mistakes.schema = "It must be a JSON schema, which is an object.";
  if (Object.keys(mistakes).length > 0) return { mistakes };
  return {
    input: {
      modelGroup: draft.modelGroup,
      messages,
      ...(temperature !== null && { temperature }),
      ...(maxTokens !== null && { maxTokens }),
      ...(Array.isArray(tools) && { tools }),
      ...(isObject(schema) && {
        responseFormat: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } },
      }),
    },
  };
}

const numberOf = (text: string): number | null => (text.trim() === "" ? null : Number(text));

/** Returns what a JSON text says, null if it is empty, and undefined if it is no JSON. */
function jsonOf(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
