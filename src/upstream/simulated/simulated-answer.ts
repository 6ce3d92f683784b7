import type { ChatMessage } from "../provider.js";

/**
 * Returns what the simulated model says to a conversation: plain general advice in complete sentences. The user's last
 * message decides which advice, and the answer names its topic in the user's own words. It states no facts, because it
 * knows none. After a tool's result, it repeats the result.
 */
export function composeAnswer(messages: readonly ChatMessage[]): string {
  const last = messages.at(-1);
  if (last?.role === "tool" || last?.role === "function") return `The tool answered: ${textOf(last)}`;
  const question = lastQuestion(messages);
  const found = ANSWERS.find(({ asks }) => asks.test(question));
  return (found ?? GENERAL).answer(topicOf(question));
}

/** Returns the text of the user's last message, on one line and of limited length. */
export function lastQuestion(messages: readonly ChatMessage[]): string {
  return textOf(messages.findLast(({ role }) => role === "user"));
}

/** Returns the text of a message on one line and of limited length. */
function textOf(message: ChatMessage | undefined): string {
  const content = message?.content ?? "";
  const texts =
    typeof content === "string" ? [content] : content.map(({ text }) => (typeof text === "string" ? text : ""));
  return texts.join(" ").slice(0, QUESTION_MAX_CHARACTERS).replace(/\s+/g, " ").trim();
}

/** A question is at the beginning of a message. Some patterns below take time by the cube of the length. */
const QUESTION_MAX_CHARACTERS = 500;
const TOPIC_MAX_CHARACTERS = 80;

/** Takes away the words that only ask: "Could you please explain the tides to me?" is about "the tides". */
function topicOf(question: string): string {
  const [sentence = ""] = question.split(/(?<=[.?!])\s/, 1);
  const topic = sentence
    .replace(/[\s.?!,:;]+$/, "")
    .replace(/^(hi|hello|hey)\b[\s,!.]*/i, "")
    .replace(
      /^((can|could|would|will) you|please|i('d| would) like( you)? to|i (want|need)( you)? to)\s+(please\s+)?/i,
      "",
    )
    .replace(
      /^(how (do|can|should|would) (i|we|you)|what('s| is| are| was| were)|who is|why (do|does|is|are)|tell me( more)? about)\s+/i,
      "",
    )
    .replace(/^(explain|describe|summari[sz]e|translate|write|create|analy[sz]e|suggest)\s+(to me\s+)?/i, "")
    .replace(/\s+(to|for) me$/i, "");
  if (topic.length <= TOPIC_MAX_CHARACTERS) return topic || "this";
  return `${topic.slice(0, TOPIC_MAX_CHARACTERS).replace(/\s+\S*$/, "")} …`;
}

interface Answer {
  readonly asks: RegExp;
  readonly answer: (topic: string) => string;
}

/** The first entry that matches answers, so particular entries come before general ones. */
const ANSWERS: readonly Answer[] = [
  {
    asks: /\b(did ?n['’]?o?t|haven['’]?t|have not|never|not)\b.*\b(receiv|get|got|arriv)\w*\b.*\be?-?mail/i,
    answer: () =>
      'I\'m sorry the email has not reached you. Please check your spam and junk folders first, and search your mailbox for the word "reset". Make sure that you asked for it with the same address you signed up with. Delivery can take a few minutes, and usually only the newest link works, so wait a little before you ask for another one. If it still does not arrive, the support team can check the address on your account.',
  },
  {
    asks: /\b(analy[sz]e|review|suggest|improve\w*|recommend|feedback)\b/i,
    answer: (topic) =>
      `Here is how I would approach ${named(topic)}.\n\n1. Make each step say what happens next, so that nobody has to guess or ask twice.\n2. Confirm every request at once and say how long it usually takes.\n3. Offer a second way for those who get stuck, before they need to contact anyone.\n4. Put the most frequent questions next to the step where they come up.\n5. Measure where people give up, and change one thing at a time.\n\nI would begin with the first two: they cost little and remove most of the doubt.`,
  },
  {
    asks: /\b(reset|forgot|forgotten|change|recover)\b.*\bpassword\b|\bpassword\b.*\b(reset|forgot|forgotten|recover)/i,
    answer: () =>
      'To reset your password, open the sign-in page and choose "Forgot password". Enter the email address of your account and send the form. You should then receive an email with a link; open it, choose a new password that you use nowhere else, and confirm it. Afterwards sign in with the new password. If the email does not arrive within a few minutes, look into your spam folder.',
  },
  {
    asks: /\bsummari[sz]e|\bsummary\b|\btl;?dr\b|\bin short\b/i,
    answer: (topic) =>
      `In short, the text is about ${named(topic)}. A good summary keeps three things: what it is about, what is claimed or decided, and what follows from it. Everything else, such as examples, repetitions and asides, can be left out. If you tell me who will read the summary and how long it may be, I can fit it to that.`,
  },
  {
    asks: /\btranslat\w+/i,
    answer: (topic) =>
      `Happy to help with the translation of ${named(topic)}. This answer comes from a simulated model, which cannot translate; a real one would give you the text here, keep its tone and its formatting, and point out words that have no exact counterpart. Tell it who the readers are, because that decides how formal the result should be.`,
  },
  {
    asks: /\b(code|function|script|program|regex|sql|typescript|javascript|python|bug|stack trace|compile)\b/i,
    answer: (topic) =>
      `For ${named(topic)}, I would start from the smallest piece that can be run:\n\n\`\`\`\nread the input\ncheck it, and say what is wrong with it\ndo one thing with it\nreturn the result\n\`\`\`\n\nWrite down one example of input and the output you expect, and turn it into a test. Then make the code pass it, and only after that handle the unusual cases, each with a test of its own. If something fails, the exact message and the shortest input that causes it tell the most.`,
  },
  {
    asks: /\bhow (do|can|should|would|to)\b/i,
    answer: (topic) =>
      `Here is a simple way to go about it: ${topic}. First, be clear about the result you want and how you will know that you have it. Next, collect what you need and try the whole thing once on a small scale. Note what was difficult, change that, and repeat it in earnest. Finally, check the result against what you wanted at the beginning. If you tell me where you are now, I can go into the next step in more detail.`,
  },
  {
    asks: /\b(what|who)(['’]s| is| are| was| were)\b|\b(explain|define|describe)\b/i,
    answer: (topic) =>
      `The best way to understand ${named(topic)} is to ask three questions: what it is for, what it is made of, and what it is easily confused with. A definition becomes clear with one example that belongs to it and one that almost does. This answer comes from a simulated model, which knows no facts, so please look up the details in a source you trust.`,
  },
  {
    asks: /^(hi|hello|hey|good (morning|afternoon|evening)|greetings)\b/i,
    answer: () =>
      "Hello, and thank you for getting in touch! I can answer questions, explain things step by step, look at a process and suggest improvements, or help you with a text. What would you like to do? The more you tell me about what you have and what you need, the more useful my answer will be.",
  },
];

const GENERAL = {
  answer: (topic: string) =>
    `Thank you for your message about ${named(topic)}. To begin with, it helps to separate what is known from what is assumed, and to write down what a good outcome would look like. Then take the smallest step that brings you closer to it, and look at the result before you take the next one. If you tell me a little more about your situation, I can be more specific.`,
};

function named(topic: string): string {
  return topic === "this" ? topic : `"${topic}"`;
}
