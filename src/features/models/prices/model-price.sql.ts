import type { RowOf } from "../../../db/column-type.js";
import { columnsOf } from "../../../db/field-names.js";
import { list } from "../../../db/lists/list.js";
import { statement } from "../../../db/statement.js";
import type { ModelPrice } from "../../../generated/prisma/client.js";
import { priceColumns } from "./price-columns.js";

const modelPriceRow = {
  model: "text",
  ...priceColumns,
  createdAt: "timestamptz",
  updatedAt: "timestamptz",
} as const satisfies RowOf<ModelPrice>;

/** The price of a model as it is, until the transaction ends. */
export const lockModelPrice = statement({
  name: "lock-model-price",
  params: { model: "text" },
  text: `SELECT ${columnsOf(modelPriceRow)} FROM model_prices WHERE model = $1 FOR UPDATE`,
  row: modelPriceRow,
});

/** In order of the models' names. */
export const modelPrices = list({
  table: "model_prices",
  row: modelPriceRow,
  order: ["model"],
  direction: "ASC",
});
