import { isObject } from "../../../lib/json/unknown-json.js";

/**
 * What may be passed on to the upstream. A router may stand there, such as LiteLLM or OpenRouter. It reads many more
 * names, and with some of them a team could choose another model, address, key or price than the admin did. So a name
 * must be in this table. Whoever adds one asks: does it choose a model, an address, a key or a price, does it run
 * something elsewhere, or does it make more answers than are asked for?
 *
 * | known names that are not in it | what they would do | who reads them |
 * |---|---|---|
 * | api_base, base_url, api_key, api_version, extra_headers, organization | choose an address or a key | LiteLLM |
 * | custom_llm_provider, user_config, fallbacks, context_window_fallback_dict, models, route, provider, deployment_id, specific_deployment | choose a model | LiteLLM, OpenRouter, Azure |
 * | input_cost_per_token, output_cost_per_token, mock_response, litellm_*, no-log, cache, guardrails | change price, answer or record | LiteLLM |
 * | num_retries, timeout, request_timeout, max_retries, cooldown_time | repeat a request that is paid for | LiteLLM |
 * | plugins, transforms, search_parameters | run something elsewhere | OpenRouter, xAI |
 * | best_of, use_beam_search, num_return_sequences | make more answers | vLLM, TGI |
 * | lora_path, chat_template, documents, priority, custom_params, logits_processors | load files, run code, jump queues | SGLang, vLLM |
 */
const PASSED: ReadonlySet<string> = new Set(
  [
    // OpenAI's chat completions, without what the gateway sets itself.
    "temperature top_p max_tokens max_completion_tokens stop seed tools tool_choice response_format",
    "frequency_penalty presence_penalty logit_bias logprobs top_logprobs parallel_tool_calls",
    "functions function_call modalities audio prediction reasoning_effort verbosity web_search_options",
    "user safety_identifier reasoning_summary prompt_cache_key prompt_cache_retention cache_control cache_prompt",
    // Thinking: Anthropic, OpenRouter, DeepSeek, Qwen, Groq, Z.ai, vLLM.
    "thinking output_config reasoning include_reasoning reasoning_format enable_thinking thinking_budget chat_template_kwargs",
    // Sampling: Anthropic, Mistral, OpenRouter, vLLM, SGLang, llama.cpp, Ollama, TGI.
    "top_k min_p top_a typical_p tfs_z repetition_penalty repeat_penalty length_penalty no_repeat_ngram_size",
    "mirostat mirostat_tau mirostat_eta dry_multiplier dry_base dry_allowed_length xtc_probability xtc_threshold",
    "random_seed safe_prompt prompt_mode stop_token_ids min_tokens ignore_eos skip_special_tokens",
    "include_stop_str_in_output spaces_between_special_tokens",
    // Other spellings of the most tokens that an answer may have.
    "max_output_tokens max_new_tokens num_predict",
    // The form of an answer: vLLM, SGLang, llama.cpp, Ollama.
    "guided_json guided_regex guided_choice guided_grammar structured_outputs json_schema regex ebnf grammar format",
    // What a search of Perplexity's own models looks for. They search with or without it.
    "search_mode search_domain_filter search_recency_filter return_images return_related_questions",
  ].flatMap((names) => names.split(" ")),
);

/**
 * What clients keep for themselves, or for OpenAI's dashboard. Nothing depends on it, but a router may read it:
 * LiteLLM chooses models by the tags in `metadata`. /v1 leaves it out, because clients send it without being asked to.
 * The second line is what Open WebUI says to itself. The third is how Anthropic's servers tidy a conversation, and look
 * into their cache: Claude Code asks for it with each request, and an answer is as good without.
 */
const BOOKKEEPING: ReadonlySet<string> = new Set(
  [
    "metadata store usage session_id chat_id conversation_id message_id parent_id trace_id request_id id",
    "features background_tasks variables tool_ids filter_ids tool_servers model_item",
    "context_management diagnostics",
  ].flatMap((names) => names.split(" ")),
);

/** The tiers of service that cost what the model costs. */
const PLAIN_TIERS: ReadonlySet<unknown> = new Set(["auto", "default"]);
/** Tools that the client carries out. All others run at the provider, or at an address that the tool names. */
const CLIENT_TOOLS: ReadonlySet<unknown> = new Set(["function", "custom"]);

/** Tools of Gemini's, which LiteLLM knows by these names, in either spelling. */
const RUN_BY_GEMINI =
  /^(google_?search(_?retrieval)?|enterprise_?web_?search|code_?execution|url_?context|google_?maps)$/i;

/** What is to be done with an option of a request. */
export type Verdict = "pass" | "leave out" | "refuse";

/** Arguments of the template that vLLM would take for its own: a template can run without end, or read what it should not. */
const OF_TEMPLATE: readonly string[] = ["chat_template", "tokenize", "tokenizer", "conversation"];

/** Judges an option by its name. What the admin allowed for the group passes. */
export function verdictOn(name: string, value: unknown, allowed: ReadonlySet<string>): Verdict {
  if (allowed.has(name)) return "pass";
  if (name === "chat_template_kwargs" && isObject(value) && OF_TEMPLATE.some((inner) => inner in value))
    return "refuse";
  if (PASSED.has(name)) return "pass";
  if (name === "service_tier" && PLAIN_TIERS.has(value)) return "pass";
  return BOOKKEEPING.has(name) ? "leave out" : "refuse";
}

/**
 * The name by which an admin allows a tool that is not carried out by the client; undefined for one that is. LiteLLM runs
 * what else it finds in an object that says it is a function, such as `googleSearch: {}`.
 */
export function foreignTool(tool: Readonly<Record<string, unknown>>): string | undefined {
  const { type } = tool;
  const hidden = Object.keys(tool).find((name) => RUN_BY_GEMINI.test(name));
  if (hidden !== undefined) return `tools.${hidden}`;
  if (CLIENT_TOOLS.has(type)) return undefined;
  return `tools.${typeof type === "string" ? type : (Object.keys(tool)[0] ?? "")}`;
}
