import type { LimitSink } from "../../auth/call-limits.js";
import type { Viewer } from "../../auth/viewer.js";
import { invalid, validate } from "../../input/validate.js";
import type { CallService } from "../calls/call.service.js";
import type { EndedCall } from "../calls/log/call-row.js";
import { JsonCallInput } from "../calls/question/json-call.input.js";
import { requireWholeText } from "../calls/question/whole-text.js";
import type { ResultService } from "../calls/results/result.service.js";
import type { EmbedInput } from "./embed.input.js";
import { embeddingsIn, numbersOf } from "./vectors.js";

interface Embedded {
  readonly call: EndedCall;
  readonly embeddings: readonly { readonly index: number; readonly vector: unknown }[] | null;
}

export class EmbeddingService {
  constructor(
    private readonly calls: CallService,
    private readonly results: ResultService,
  ) {}

  /** Embeds texts as one call, and waits for its end. A refusal before admission is thrown, as by CallService.run. */
  async embed(viewer: Viewer, input: EmbedInput, signal: AbortSignal, limitSink?: LimitSink): Promise<Embedded> {
    const { texts, dimensions = null, ...place } = validate(input);
    requireWholeText(input, "input", ["texts"]);
    const empty = texts.indexOf("");
    if (empty >= 0) throw invalid(`input.texts[${empty}]`, "must not be empty", "");
    const asked = Object.assign(new JsonCallInput(), {
      ...place,
      endpoint: "embeddings",
      body: { input: texts, dimensions, encoding_format: "float" },
    });
    const { id } = await this.calls.begin(viewer, asked, "plain", { ...(limitSink && { limitSink }) });
    const { call, result } = await this.results.whole(viewer, id, signal);
    const vectors =
      result && embeddingsIn(result).map(({ embedding }, index) => ({ index, vector: numbersOf(embedding) }));
    return { call, embeddings: vectors };
  }
}
