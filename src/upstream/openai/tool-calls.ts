import { stringifyExact } from "../../lib/json/exact-json.js";
import { isObject } from "../../lib/json/unknown-json.js";
import { callIdOf } from "../answers/call-id.js";
import { WholeCharacters, wellFormed } from "../answers/whole-characters.js";
import type { Part, UnknownFields } from "../provider.js";
import { isJson } from "./is-json.js";

type ToolCallPart = Extract<Part, { type: "tool-call-delta" }>;

interface Call {
  /** The id that the upstream gave; "" until it gives one. */
  givenId: string;
  name: string;
  arguments: string;
  /** Arguments that came before the name. */
  readonly characters: WholeCharacters;
  /** The other fields that came. */
  extra: UnknownFields;
  /** The number that clients see. Undefined until the name is known, because only then there is something to show. */
  index: number | undefined;
}

/**
 * Puts together the tool calls of one answer, from deltas or from whole messages. OpenAI gives each call an index, sends
 * its id and name once, and then pieces of its arguments. Others do not, so these rules hold for all:
 *
 * | what is sent | what it means | who does so |
 * |---|---|---|
 * | a known index | the call of that index goes on | OpenAI |
 * | a new id under a known index | a further call begins | Gemini, LiteLLM and vLLM in front of it: all calls have index 0 |
 * | another name under a known index, after arguments and without an id | a further call begins | Ollama before 0.5 |
 * | no index, a known id | that call goes on | Mistral, Cohere |
 * | no index, a new id | a call begins | Gemini's compatible API |
 * | no index, no id, a name | a call begins; the same name before the arguments are whole goes on | llama.cpp |
 * | no index, no id, no name | the last call goes on | llama.cpp, SGLang |
 * | an index from 1, or with gaps | calls count from 0, in the order in which they begin | Anthropic behind LiteLLM |
 * | a name or an id again | it is not appended; a name that continues is | DashScope, Zhipu, OpenRouter |
 * | no id | the gateway makes one | Ollama, Gemini |
 * | a number as id | its digits | vLLM's Mistral parser |
 * | arguments as an object | its JSON | Ollama, vLLM, llama.cpp |
 * | neither a name nor arguments | no call | LiteLLM, Azure |
 * | `extra_content`, perhaps in a piece of its own without an index | it belongs to the call | Gemini: a signature |
 * | type custom, with `custom: { name, input }` | a call whose arguments are the input | OpenAI's custom tools |
 * | one object instead of a list | the same as a list of it | proxies of Ollama |
 */
export class ToolCalls {
  private readonly calls: Call[] = [];
  private readonly byIndex = new Map<string, Call>();
  private shown = 0;

  /** How many calls clients see. */
  get count(): number {
    return this.shown;
  }

  /** Whether there are arguments of a call whose name never came. Nobody can make such a call. */
  get lacksName(): boolean {
    return this.calls.some(({ index, arguments: text }) => index === undefined && text !== "");
  }

  /** Reads the pieces of tool calls in a delta. `isWhole`: they are in a message, which repeats all that came before. */
  *read(given: unknown, isWhole: boolean): Generator<ToolCallPart> {
    for (const piece of [given].flat().filter(isObject)) yield* this.readPiece(piece, isWhole);
  }

  /** Reads a `function_call` of OpenAI's older interface. An answer has one at most. */
  *readFunctionCall(given: unknown, isWhole: boolean): Generator<ToolCallPart> {
    if (!isObject(given)) return;
    for (const part of this.readPiece({ index: "function_call", function: given }, isWhole))
      yield { ...part, isFunctionCall: true };
  }

  /** Returns what is left at the end: the replacement of half a character. */
  *rest(): Generator<ToolCallPart> {
    for (const { index, characters } of this.calls) {
      const text = characters.rest();
      if (index !== undefined && text !== "") yield { type: "tool-call-delta", index, arguments: text };
    }
  }

  private *readPiece(piece: UnknownFields, isWhole: boolean): Generator<ToolCallPart> {
    const target = [piece.function, piece.custom].find(isObject) ?? {};
    const given = argumentsOf(target.arguments ?? target.input);
    const id = textOf(piece.id);
    const name = textOf(target.name);
    const call = this.callOf(textOf(piece.index), id, name, given);
    call.givenId ||= id;
    const moreName = rest(call.name, name);
    call.name += moreName;
    const moreArguments = this.moreArguments(call, given, isWhole || name !== "");
    call.arguments += moreArguments;
    const moreExtra = newFields(call.extra, piece);
    if (moreExtra) call.extra = { ...call.extra, ...moreExtra };
    if (call.name === "") return;
    if (call.index === undefined) yield this.begin(call);
    else if (moreName !== "" || moreArguments !== "" || Object.keys(moreExtra ?? {}).some((name) => name !== "type"))
      yield {
        type: "tool-call-delta",
        index: call.index,
        ...(moreName !== "" && { name: moreName }),
        arguments: moreArguments,
        ...(moreExtra && { extra: moreExtra }),
      };
  }

  private begin(call: Call): ToolCallPart {
    const index = this.shown++;
    call.index = index;
    const id = callIdOf(call.givenId);
    const extra = Object.keys(call.extra).length > 0 && { extra: call.extra };
    return { type: "tool-call-delta", index, id, name: call.name, arguments: call.arguments, ...extra };
  }

  /** Some repeat a whole call in the last chunk, or the call so far in each. Only what is new of it is returned. */
  private moreArguments(call: Call, given: string, mayRepeat: boolean): string {
    if (mayRepeat && given.length > 1 && given.startsWith(call.arguments) && call.arguments !== "")
      return call.characters.take(given.slice(call.arguments.length));
    return call.characters.take(given);
  }

  private callOf(index: string, id: string, name: string, text: string): Call {
    const known = id === "" ? undefined : this.calls.find(({ givenId }) => givenId === id);
    if (index !== "") {
      const call = this.byIndex.get(index);
      if (call && !beginsAnother(call, id, name, text)) return call;
      // A known id under an index of its own begins a call, because some give all calls of a function the same id.
      const isOfKnown = known !== undefined && (call !== undefined || name === "");
      const found = isOfKnown ? known : this.add();
      this.byIndex.set(index, found);
      return found;
    }
    if (known) return known;
    const last = this.calls.at(-1);
    if (!last) return this.add();
    if (id !== "") return last.givenId === "" && name === "" ? last : this.add();
    const goesOn = name === "" || (name === last.name && !isJson(last.arguments));
    return goesOn ? last : this.add();
  }

  private add(): Call {
    const call = {
      givenId: "",
      name: "",
      arguments: "",
      characters: new WholeCharacters(),
      extra: {},
      index: undefined,
    };
    this.calls.push(call);
    return call;
  }
}

/** Whether a piece under the index of this call belongs to a further one. */
function beginsAnother(call: Call, id: string, name: string, text: string): boolean {
  if (id !== "" && call.givenId !== "") return id !== call.givenId;
  if (id !== "" || name === "" || call.name === "" || call.arguments === "") return false;
  if (name !== call.name) return !name.startsWith(call.name) || isJson(call.arguments);
  return isJson(call.arguments) && text !== call.arguments && text !== "";
}

const READ = new Set(["index", "id", "type", "function", "custom"]);

/** The other fields of a piece that are not known yet, and the type of a call that is not one of a function. */
function newFields(known: UnknownFields, piece: UnknownFields): UnknownFields | undefined {
  const type = known.type === "custom" || isObject(piece.custom) ? { type: "custom" } : {};
  const fields = Object.entries(piece).filter(
    ([name, value]) =>
      !READ.has(name) && value != null && stringifyExact(value) !== stringifyExact(known[name] ?? null),
  );
  const found = { ...type, ...Object.fromEntries(fields) };
  return Object.keys(found).length === 0 ? undefined : found;
}

/** What a name adds to the name so far: all of it, its rest if it repeats the start, or nothing if it repeats it all. */
function rest(soFar: string, given: string): string {
  return given.startsWith(soFar) ? given.slice(soFar.length) : given;
}

function argumentsOf(given: unknown): string {
  if (given === undefined || given === null) return "";
  return typeof given === "string" ? given : stringifyExact(given);
}

function textOf(given: unknown): string {
  const isText = typeof given === "string" || typeof given === "number" || typeof given === "bigint";
  return isText ? wellFormed(String(given)) : "";
}
