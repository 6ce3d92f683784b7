import { newId } from "../../lib/ids.js";
import { isObject, parseJson } from "../../lib/json/unknown-json.js";
import { Tally } from "../../lib/tally.js";
import { addNews, NEWS_KEY } from "./command.js";
import type { RedisLink } from "./redis-link.js";
import { NEWEST, type StreamEntry } from "./stream-reader.js";

/** Something that processes tell each other of, such as `job:` and the id of a job. */
export type Topic = `${TopicKind}:${string}`;
export type TopicKind =
  /** What a call says, token by token. */
  | "log"
  /** The row of a call. */
  | "call"
  /** The row of a job. */
  | "job"
  /** A call that is to be cancelled. */
  | "cancel"
  /** A job whose running calls are to be cancelled. */
  | "close"
  /** A team or an organization that was suspended or resumed, one of whose keys was revoked, or whose limits were changed. */
  | "access"
  /** A team or a key whose counters are to be forgotten. */
  | "limits";

/** How often a process says again what it watches. */
const REPEAT_MS = 1_000;
/**
 * A process that has not said so in this many whole rounds of this process watches no more. Rounds are counted, and not
 * time: while this process stood still, it could not hear the others.
 */
const WATCHED_ROUNDS = 3;

interface News {
  readonly watched: Topic[];
  /** Topics whose owner is to answer, each with a token that the answer repeats. */
  readonly asked: [Topic, string][];
  readonly changed: Topic[];
}

/**
 * What the processes on one Redis tell each other: what they watch, and what has changed. It only makes them look sooner.
 * The truth is in the database, and who hears nothing looks at intervals. Without Redis, nobody hears anything.
 */
export class Peers {
  readonly id = newId();
  private readonly mine = new Tally();
  /** What others watch, and how many rounds are left of it. */
  private readonly theirs = new Map<string, number>();
  private readonly changedListeners = new Map<string, ((ids: readonly string[]) => void)[]>();
  private readonly askedListeners = new Map<string, (id: string, token: string) => void>();
  private outgoing: News | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly link: RedisLink) {
    link.onChange(() => this.linkChanged());
    link.follow(NEWS_KEY, NEWEST, (entries) => this.hear(entries));
  }

  /** Tells the others that this process watches a topic, and again each second, until the returned function is called. */
  watch(topic: Topic): () => void {
    if (this.mine.of(topic) === 0) this.next().watched.push(topic);
    this.mine.add(topic);
    return () => this.mine.remove(topic);
  }

  /**
   * Whether another process watches a topic. While Redis is away nobody can tell that any more, so what was watched is
   * taken to be watched.
   */
  isWatched(topic: Topic): boolean {
    return this.theirs.has(topic);
  }

  /** Asks the process whose topic this is to answer in the way that the topic has. */
  ask(topic: Topic, token: string): void {
    this.next().asked.push([topic, token]);
  }

  onAsked(kind: TopicKind, answer: (id: string, token: string) => void): void {
    this.askedListeners.set(kind, answer);
  }

  /** Tells the others of a change. */
  tell(topic: Topic): void {
    this.next().changed.push(topic);
  }

  /** The same, if one of the others watches it. */
  tellWatchers(topic: Topic): void {
    if (this.isWatched(topic)) this.tell(topic);
  }

  /** Calls `heard` with the ids of what has changed in another process. */
  onChanged(kind: TopicKind, heard: (ids: readonly string[]) => void): void {
    this.changedListeners.set(kind, [...(this.changedListeners.get(kind) ?? []), heard]);
  }

  /** Collects what this turn of the event loop has to tell, and sends it at its end. */
  private next(): News {
    if (this.outgoing) return this.outgoing;
    const news: News = { watched: [], asked: [], changed: [] };
    this.outgoing = news;
    setImmediate(() => {
      this.outgoing = undefined;
      if (this.link.isUp) this.send(news);
    });
    return news;
  }

  private send(news: News): void {
    void this.link.post(...addNews("by", this.id, "news", JSON.stringify(news)));
  }

  private linkChanged(): void {
    clearInterval(this.timer);
    if (!this.link.isUp) return;
    for (const topic of this.theirs.keys()) this.theirs.set(topic, WATCHED_ROUNDS);
    this.repeat();
    this.timer = setInterval(() => this.repeat(), REPEAT_MS).unref();
  }

  private repeat(): void {
    // Who relies on others writes too, even if it is nothing: so it learns that Redis takes nothing any more.
    if (this.mine.size + this.theirs.size > 0) this.next().watched.push(...([...this.mine.keys()] as Topic[]));
    for (const [topic, rounds] of this.theirs)
      if (rounds > 0) this.theirs.set(topic, rounds - 1);
      else this.theirs.delete(topic);
  }

  private hear(entries: readonly StreamEntry[]): void {
    for (const { fields } of entries) {
      const news = fields.get("by") === this.id ? undefined : readNews(fields.get("news") ?? "");
      if (!news) continue;
      for (const topic of news.watched) this.theirs.set(topic, WATCHED_ROUNDS);
      for (const [topic, token] of news.asked) this.askedListeners.get(kindOf(topic))?.(idOf(topic), token);
      for (const [kind, ids] of byKind(news.changed))
        for (const listener of this.changedListeners.get(kind) ?? []) listener(ids);
    }
  }
}

const kindOf = (topic: string): string => topic.slice(0, topic.indexOf(":"));
const idOf = (topic: string): string => topic.slice(topic.indexOf(":") + 1);

function byKind(topics: readonly string[]): Map<string, string[]> {
  const kinds = new Map<string, string[]>();
  for (const topic of topics) kinds.set(kindOf(topic), [...(kinds.get(kindOf(topic)) ?? []), idOf(topic)]);
  return kinds;
}

/** Anyone who can write to Redis may have written this, so what has not the right shape is left out. */
function readNews(text: string): News | undefined {
  const news = parseJson(text);
  if (!isObject(news)) return undefined;
  const topics = (list: unknown) => (Array.isArray(list) ? list.filter(isText) : []) as Topic[];
  const pairs = Array.isArray(news.asked) ? news.asked.filter(isPair) : [];
  return { watched: topics(news.watched), asked: pairs, changed: topics(news.changed) };
}

const isText = (value: unknown): boolean => typeof value === "string";
const isPair = (value: unknown): value is [Topic, string] =>
  Array.isArray(value) && value.length === 2 && value.every(isText);
