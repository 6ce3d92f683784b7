import { authorize } from "../../../auth/policy.js";
import type { Viewer } from "../../../auth/viewer.js";
import type { Db } from "../../../db/client.js";
import { fetchPage, type Page } from "../../../db/page.js";
import type { Sql } from "../../../db/statement.js";
import { inTransaction } from "../../../db/transaction.js";
import type { ModelPrice as Row } from "../../../generated/prisma/client.js";
import type { PageWindow } from "../../../input/page-window.js";
import { isStorable } from "../../../input/rules.js";
import { validate } from "../../../input/validate.js";
import type { Clock } from "../../../lib/clock.js";
import { notFound } from "../../../lib/errors.js";
import { formatUsd } from "../../../lib/money.js";
import type { RecordedOperation, Shown } from "../../audit/act.js";
import type { AuditTrail } from "../../audit/audit-trail.js";
import { shownLongContext, usdOrNull } from "./long-context.js";
import type { SetModelPriceInput } from "./model-price.input.js";
import { lockModelPrice, modelPrices } from "./model-price.sql.js";

export type { Row as ModelPriceRow };

/** The admin's prices. A call takes them along in its plan, so that a change takes effect at once, in every process. */
export class ModelPriceService {
  constructor(
    private readonly db: Db,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly trail: AuditTrail,
  ) {}

  /** Sets a model's price, or replaces it. Calls that are running keep the price they were admitted with. */
  async set(viewer: Viewer, input: SetModelPriceInput): Promise<Row> {
    authorize(viewer, "modelPrice.set");
    const { model, longContext, ...usd } = validate(input);
    const now = this.clock.now();
    const price = {
      inputNanoUsdPerMillionTokens: usd.inputUsdPerMillionTokens,
      outputNanoUsdPerMillionTokens: usd.outputUsdPerMillionTokens,
      cachedInputNanoUsdPerMillionTokens: usd.cachedInputUsdPerMillionTokens ?? null,
      cacheWriteNanoUsdPerMillionTokens: usd.cacheWriteUsdPerMillionTokens ?? null,
      oneHourCacheWriteNanoUsdPerMillionTokens: usd.oneHourCacheWriteUsdPerMillionTokens ?? null,
      audioInputNanoUsdPerMillionTokens: usd.audioInputUsdPerMillionTokens ?? null,
      audioOutputNanoUsdPerMillionTokens: usd.audioOutputUsdPerMillionTokens ?? null,
      longContextThresholdTokens: longContext?.thresholdTokens ?? null,
      longContextInputNanoUsdPerMillionTokens: longContext?.inputUsdPerMillionTokens ?? null,
      longContextOutputNanoUsdPerMillionTokens: longContext?.outputUsdPerMillionTokens ?? null,
      longContextCachedInputNanoUsdPerMillionTokens: longContext?.cachedInputUsdPerMillionTokens ?? null,
      updatedAt: now,
    };
    return inTransaction(this.db, async (transaction) => {
      const { tx } = transaction;
      // A row that is not there cannot be locked. Of several that set a new price at once, one finds none before it.
      const create = { model, ...price, createdAt: now };
      const { count } = await tx.modelPrice.createMany({ data: [create], skipDuplicates: true });
      const [before] = count > 0 ? [] : await transaction.sql.run(lockModelPrice, { model });
      const after = await tx.modelPrice.upsert({ where: { model }, create, update: price });
      const act = { ...ofPrice("setModelPrice", model), after: shownPrice(after) };
      if (before) await this.trail.recordChange(transaction, viewer, { ...act, before: shownPrice(before) });
      else await this.trail.record(transaction, viewer, { ...act, before: null });
      return after;
    });
  }

  /** Removes a model's price and returns what it was. Throws NOT_FOUND if the model has no price. */
  async remove(viewer: Viewer, model: string): Promise<Row> {
    authorize(viewer, "modelPrice.remove");
    if (!isStorable(model)) throw notFound("price of model", model);
    return inTransaction(this.db, async (transaction) => {
      const [price] = await transaction.sql.run(lockModelPrice, { model });
      if (!price) throw notFound("price of model", model);
      await transaction.tx.modelPrice.delete({ where: { model } });
      const act = { ...ofPrice("removeModelPrice", model), before: shownPrice(price), after: null };
      await this.trail.record(transaction, viewer, act);
      return price;
    });
  }

  /** Lists the prices in order of the models' names. */
  async list(viewer: Viewer, window: PageWindow): Promise<Page<Row>> {
    authorize(viewer, "modelPrice.read");
    return fetchPage(this.sql, modelPrices, window);
  }
}

const shownPrice = (price: Row): Shown => ({
  inputUsdPerMillionTokens: formatUsd(price.inputNanoUsdPerMillionTokens),
  outputUsdPerMillionTokens: formatUsd(price.outputNanoUsdPerMillionTokens),
  cachedInputUsdPerMillionTokens: usdOrNull(price.cachedInputNanoUsdPerMillionTokens),
  cacheWriteUsdPerMillionTokens: usdOrNull(price.cacheWriteNanoUsdPerMillionTokens),
  oneHourCacheWriteUsdPerMillionTokens: usdOrNull(price.oneHourCacheWriteNanoUsdPerMillionTokens),
  audioInputUsdPerMillionTokens: usdOrNull(price.audioInputNanoUsdPerMillionTokens),
  audioOutputUsdPerMillionTokens: usdOrNull(price.audioOutputNanoUsdPerMillionTokens),
  longContext: shownLongContext(price),
});

const ofPrice = (operation: RecordedOperation, model: string) =>
  ({ operation, subjectType: "ModelPrice", subjectId: model, organizationId: null }) as const;
