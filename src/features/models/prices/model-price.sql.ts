import type { RowOf } from "../../../db/column-type.js";
import { list } from "../../../db/page.js";
import type { ModelPrice } from "../../../generated/prisma/client.js";

const modelPriceRow = {
  model: "text",
  inputNanoUsdPerMillionTokens: "int8",
  outputNanoUsdPerMillionTokens: "int8",
  cachedInputNanoUsdPerMillionTokens: "int8?",
  createdAt: "timestamptz",
  updatedAt: "timestamptz",
} as const satisfies RowOf<ModelPrice>;

/** In order of the models' names. */
export const modelPrices = list({
  table: "model_prices",
  row: modelPriceRow,
  order: ["model"],
  direction: "ASC",
});
