import { CREATE_ORGANIZATION_KEY } from "../world.js";
import { price, SET_PRICE } from "./stage.js";
import { isNew, nobody, ofInput, ofOrganization, own, type TriedAct } from "./tried-act.js";

/** Acts of the admin on organizations, model groups and prices, in an order in which each finds what it needs. */
export const ACTS_OF_ADMIN: Readonly<Record<string, TriedAct>> = {
  createOrganization: {
    query: ofInput("createOrganization", "CreateOrganizationInput"),
    variables: ({ organization }) => ({ input: { id: `${organization.id}-2`, name: "New", metadata: { a: 1 } } }),
    type: "Organization",
    subject: ({ organization }) => `${organization.id}-2`,
    organization: ({ organization }) => `${organization.id}-2`,
    before: null,
    after: { name: "New", status: "ACTIVE", metadata: { a: 1 } },
  },
  updateOrganization: {
    ...ofOrganization,
    query: ofInput("updateOrganization", "UpdateOrganizationInput"),
    variables: ({ organization }) => ({ input: { id: organization.id, metadata: { a: 1 } } }),
    before: { metadata: {} },
    after: { metadata: { a: 1 } },
    isRepeatable: true,
  },
  createOrganizationKey: {
    query: CREATE_ORGANIZATION_KEY,
    variables: ({ organization }) => ({ input: { organizationId: organization.id, name: "Billing" } }),
    type: "OrganizationKey",
    subject: isNew,
    organization: own,
    before: null,
  },
  createModelGroup: {
    query: ofInput("createModelGroup", "CreateModelGroupInput"),
    variables: ({ group }) => ({
      input: {
        name: `${group}-2`,
        models: [
          { name: "b", priority: 1 },
          { name: "a", priority: 0 },
        ],
      },
    }),
    type: "ModelGroup",
    subject: ({ group }) => `${group}-2`,
    organization: nobody,
    before: null,
  },
  updateModelGroup: {
    query: ofInput("updateModelGroup", "UpdateModelGroupInput"),
    variables: ({ free }) => ({
      input: { name: free, models: [{ name: "other", weight: 2 }, { name: "more" }], maxOutputTokens: 100 },
    }),
    type: "ModelGroup",
    subject: ({ free }) => free,
    organization: nobody,
    before: { models: [{ name: "gpt-4o-mini", priority: 0 }], maxOutputTokens: null },
    after: {
      models: [
        { name: "other", priority: 0, weight: 2 },
        { name: "more", priority: 1 },
      ],
      maxOutputTokens: 100,
    },
    isRepeatable: true,
  },
  deleteModelGroup: {
    query: "mutation ($name: ID!) { deleteModelGroup(name: $name) }",
    variables: ({ free }) => ({ name: free }),
    type: "ModelGroup",
    subject: ({ free }) => free,
    organization: nobody,
    after: null,
  },
  setModelPrice: {
    query: SET_PRICE,
    variables: ({ priced }) => ({ input: price(priced, "2.5") }),
    type: "ModelPrice",
    subject: ({ priced }) => priced,
    organization: nobody,
    before: { inputUsdPerMillionTokens: "1", outputUsdPerMillionTokens: "1" },
    after: { inputUsdPerMillionTokens: "2.5", outputUsdPerMillionTokens: "2.5" },
    isRepeatable: true,
  },
  removeModelPrice: {
    query: "mutation ($model: String!) { removeModelPrice(model: $model) { model } }",
    variables: ({ priced }) => ({ model: priced }),
    type: "ModelPrice",
    subject: ({ priced }) => priced,
    organization: nobody,
    after: null,
  },
};
