/**
 * Returns the HTTP status that an error inside an answer of status 200 means: the first of its codes, types and statuses
 * that is a number, or a name whose status is known. Returns undefined if there is none.
 */
export function meantStatus(codes: readonly string[]): number | undefined {
  return codes.map(statusOf).find((status) => status !== undefined);
}

function statusOf(code: string): number | undefined {
  const status = Number(code);
  if (Number.isInteger(status)) return status >= 400 && status <= 599 ? status : undefined;
  return NAMES.find(({ names }) => names.test(code))?.status;
}

/** The names of OpenAI, Anthropic, Google, vLLM, OpenRouter and LiteLLM. */
const NAMES: readonly { readonly status: number; readonly names: RegExp }[] = [
  { status: 401, names: /^(authentication_error|AuthenticationError|invalid_api_key|UNAUTHENTICATED)$/ },
  { status: 403, names: /^(permission_error|PermissionDeniedError|PERMISSION_DENIED)$/ },
  { status: 404, names: /^(not_found_error|NotFoundError|NOT_FOUND|model_not_found)$/ },
  { status: 413, names: /^request_too_large$/ },
  {
    status: 429,
    names:
      /^(rate_limit_error|rate_limit_exceeded|RateLimitError|RESOURCE_EXHAUSTED|insufficient_quota|throttling_error)$/,
  },
  { status: 503, names: /^(ServiceUnavailableError|service_unavailable|UNAVAILABLE)$/ },
  { status: 504, names: /^(timeout_error|timeout|Timeout|DEADLINE_EXCEEDED)$/ },
  { status: 529, names: /^(overloaded_error|engine_overloaded)$/ },
  { status: 500, names: /^(server_error|api_error|internal_error|InternalServerError|INTERNAL)$/ },
  {
    status: 400,
    names:
      /^(invalid_request_error|BadRequestError|INVALID_ARGUMENT|FAILED_PRECONDITION|InvalidParameter|invalid_parameter|context_length_exceeded|content_filter|content_policy_violation|unsupported_\w+|invalid_\w+)$/,
  },
];
