import type { LimitSink } from "../../auth/call-limits.js";
import type { Viewer } from "../../auth/viewer.js";
import { invalid, validate } from "../../input/validate.js";
import type { DomainError } from "../../lib/errors.js";
import type { CallService } from "../calls/call.service.js";
import type { EndedCall } from "../calls/log/call-row.js";
import { JsonCallInput } from "../calls/question/json-call.input.js";
import { requireWholeText } from "../calls/question/whole-text.js";
import type { ResultService } from "../calls/results/result.service.js";
import { type EmbedInput, TEXTS_IN_DIGITS_MAX } from "./embed.input.js";
import { base64Of, embeddingsIn, numbersOf } from "./vectors.js";

interface Embedded {
  readonly call: EndedCall;
  readonly embeddings: readonly EmbeddedText[] | null;
}

/** How vectors are asked for. */
interface Asking {
  /** Whether they will be written as digits. */
  readonly inDigits: boolean;
  /** Who is told where the limits stand. */
  readonly limitSink: LimitSink;
}

/** A vector, in the form that is read: to make one of the other takes long. */
class EmbeddedText {
  constructor(
    readonly index: number,
    private readonly embedding: unknown,
  ) {}

  get vector(): unknown {
    return numbersOf(this.embedding);
  }

  get base64(): string | null {
    const packed = base64Of(this.embedding);
    return typeof packed === "string" ? packed : null;
  }
}

export class EmbeddingService {
  constructor(
    private readonly calls: CallService,
    private readonly results: ResultService,
  ) {}

  /** Embeds texts as one call, and waits for its end. A refusal before admission is thrown, as by CallService.run. */
  async embed(
    viewer: Viewer,
    input: EmbedInput,
    signal: AbortSignal,
    { inDigits, limitSink }: Asking,
  ): Promise<Embedded> {
    const { texts, dimensions = null, ...place } = validate(input);
    requireWholeText(input, "input", ["texts"]);
    if (inDigits && texts.length > TEXTS_IN_DIGITS_MAX) throw tooManyDigits(texts.length);
    const empty = texts.indexOf("");
    if (empty >= 0) throw invalid(`input.texts[${empty}]`, "must not be empty", "");
    const asked = Object.assign(new JsonCallInput(), {
      ...place,
      endpoint: "embeddings",
      body: { input: texts, dimensions, encoding_format: "float" },
    });
    const { id } = await this.calls.begin(viewer, asked, "plain", { limitSink });
    const { call, result } = await this.results.whole(viewer, id, signal);
    const embeddings = result && embeddingsIn(result).map(({ embedding }, index) => new EmbeddedText(index, embedding));
    return { call, embeddings };
  }
}

const tooManyDigits = (texts: number): DomainError =>
  invalid(
    "input.texts",
    `must be at most ${TEXTS_IN_DIGITS_MAX} if vector is selected. Select base64 instead, or ask POST /v1/embeddings`,
    texts,
  );
