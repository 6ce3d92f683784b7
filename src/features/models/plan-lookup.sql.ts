import { columnsOf } from "../../db/field-names.js";
import { statement } from "../../db/statement.js";
import { priceColumns } from "./prices/price-columns.js";

const MODELS_OF_A_TEAMS_GROUP = `model_groups JOIN team_model_groups ON team_model_groups.group_id = model_groups.id
    JOIN group_models ON group_models.group_id = model_groups.id
    LEFT JOIN model_prices ON model_prices.model = group_models.name`;

const PRICES = columnsOf(priceColumns);

/**
 * The version of a team's plan for a group, as SQL: a digest of all that the plan is made of. Null if the team may not
 * use such a group. The arguments are SQL.
 */
export const planVersion = (teamId: string, modelGroup: string): string => `(
      SELECT md5(string_agg(ROW(group_models.name, priority, weight, group_models.position, ${PRICES}, allowed_options, max_output_tokens, interchangeable_embeddings)::text, ','
        ORDER BY group_models.position)) FROM ${MODELS_OF_A_TEAMS_GROUP}
      WHERE model_groups.name = ${modelGroup} AND team_model_groups.team_id = ${teamId})`;

/**
 * The models of a group that is assigned to a team, each with the admin's price of this moment, if there is one, and the
 * rules of the group.
 */
export const findPlan = statement({
  name: "find-plan",
  params: { modelGroup: "text", teamId: "text" },
  text: `SELECT group_models.name, priority, weight, group_models.position, ${PRICES}, allowed_options, max_output_tokens,
      interchangeable_embeddings, ${planVersion("$2", "$1")} AS version
    FROM ${MODELS_OF_A_TEAMS_GROUP} WHERE model_groups.name = $1 AND team_id = $2`,
  row: {
    name: "text",
    priority: "int4",
    weight: "int4?",
    position: "int4",
    ...priceColumns,
    // Null if the model has no price of the admin's.
    inputNanoUsdPerMillionTokens: "int8?",
    outputNanoUsdPerMillionTokens: "int8?",
    allowedOptions: "jsonb",
    maxOutputTokens: "int4?",
    interchangeableEmbeddings: "bool",
    version: "text",
  },
});
