const SHOWN_MAX_CHARACTERS = 300;
/** Some patterns below take time by the square of the length, so only the start of a text is read. */
const READ_MAX_CHARACTERS = 4_000;
const HIDDEN = "[hidden]";

/**
 * Makes what an upstream said fit to be shown to the team whose call failed. The result is one line of at most 300
 * characters. Everything that looks like a credential, a URL or a host is replaced. If in doubt, it hides.
 */
export function publicText(text: string): string {
  const line = firstWords(text)
    .split(LITELLM_POSTSCRIPT, 1)
    .join("")
    .replace(LITELLM_PREFIX, "")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this takes control characters out.
    .replace(/[\s\u0000-\u001f\u007f]+/g, " ")
    .trim();
  const shown = hideHosts(hideSecrets(line));
  return shown.length > SHOWN_MAX_CHARACTERS ? `${shown.slice(0, SHOWN_MAX_CHARACTERS - 1)}…` : shown;
}

/** Cuts between words, so that no half of a key remains, which no pattern would recognize. */
function firstWords(text: string): string {
  return text.length <= READ_MAX_CHARACTERS ? text : text.slice(0, READ_MAX_CHARACTERS).replace(/\S+$/, "");
}

/** LiteLLM puts the name of its exception before what a provider said, and notes on its own routing after it. */
const LITELLM_PREFIX = /^(?:litellm\.\w+:\s*)+(?:\w+(?:Exception|Error)\s*[-:]\s*)*/;
const LITELLM_POSTSCRIPT =
  /\s*(?:model=\S+ content_policy_fallback=|Received Model Group=|Available Model Group Fallbacks=)/;

function hideSecrets(text: string): string {
  return (
    text
      .replace(/\b(bearer|basic)\s+[^\s"',;]+/gi, `$1 ${HIDDEN}`)
      // The prefixes of providers' keys, also if the provider has masked the middle itself: sk-ab***yz, sk-...yz
      .replace(/\b(?:sk|csk|pk|rk|gsk|xai|hf|ghp|fw|pplx|nvapi|tgp|key|org|proj)[-_][\w*.-]*[\w*]/gi, hideIfKeyLike)
      .replace(/\b(?:AIza|AKIA|ASIA|eyJ)[\w.+/=-]{8,}/g, HIDDEN)
      .replace(/\b[0-9a-f]{24,}\b/gi, HIDDEN)
      .replace(/[\w+/-]{32,}={0,2}/g, hideIfRandom)
  );
}

/** "sk-..." is always a key. The other prefixes also start ordinary words, such as key_value or org-wide. */
function hideIfKeyLike(token: string): string {
  return /^sk-/i.test(token) || /\*{2,}|\.{3}/.test(token) || (token.length >= 16 && /\d/.test(token)) ? HIDDEN : token;
}

/** Random Base64 has capitals, small letters and digits. Long names and paths seldom have all three. */
function hideIfRandom(token: string): string {
  return /[a-z]/.test(token) && /[A-Z]/.test(token) && /\d/.test(token) ? HIDDEN : token;
}

function hideHosts(text: string): string {
  return text
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)\]]+/gi, HIDDEN)
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?\b/g, HIDDEN)
    .replace(
      /\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|ai|dev|co|eu|cloud|app|local|localhost|internal|lan|svc|corp)\b(?::\d{1,5})?/gi,
      HIDDEN,
    )
    .replace(/\b[a-z][\w.-]*:\d{2,5}\b/gi, HIDDEN)
    .replace(/\blocalhost\b/gi, HIDDEN);
}

/** Returns a code or the name of a field as it may be shown, or undefined if it is not one word or only a number. */
export function publicName(name: unknown): string | undefined {
  if (typeof name !== "string" || !/^[\w.[\]-]{1,80}$/.test(name) || /^\d+$/.test(name)) return undefined;
  return publicText(name) === name ? name : undefined;
}
