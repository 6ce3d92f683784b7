import { describe, it } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { NOW, refused, useConstrainedDatabase } from "../../kit/database/constraints.js";
import { name } from "../../kit/world.js";

const database = useConstrainedDatabase();

describe("the database takes a webhook", () => {
  const insert = (row: object = {}) =>
    database.insert("webhooks", {
      id: newId(),
      url: "https://receiver.test/",
      events: ["JOB_FAILED"],
      is_enabled: true,
      secret: "\\x00",
      created_at: NOW,
      ...row,
    });

  it("of the admin, of an organization, or of one of its teams", async () => {
    await insert();
    await insert({ organization_id: "acme" });
    await insert({ organization_id: "acme", team_id: "support" });
    await insert({ previous_secret: "\\x00", previous_valid_until: NOW, is_enabled: false, deleted_at: NOW });
  });

  it.each([
    ["webhooks_url_check", { url: "" }],
    ["webhooks_url_check", { url: "x".repeat(2_001) }],
    ["webhooks_events_check", { events: [] }],
    ["webhooks_events_check", { events: {} }],
    ["webhooks_team_check", { team_id: "support" }],
    ["webhooks_previous_secret_check", { previous_secret: "\\x00" }],
    ["webhooks_deleted_at_check", { deleted_at: NOW }],
  ])("and not one that breaks %s: %j", (constraint, row) => refused(constraint, insert(row)));
});

describe("the database takes a delivery", () => {
  const insert = async (row: object = {}) => {
    const event = { id: newId(), type: "WEBHOOK_TEST", subject: "webhook/1", created_at: NOW };
    await database.run(
      "INSERT INTO webhook_events (id, type, subject, created_at) VALUES ($1::uuid, 'WEBHOOK_TEST', 'webhook/1', now())",
      event.id,
    );
    const id = newId();
    await database.insert("webhook_deliveries", {
      ...event,
      id,
      event_id: event.id,
      webhook_id: newId(),
      sequence: 1,
      status: "PENDING",
      next_try_at: NOW,
      give_up_at: NOW,
      claims: 0,
      try_count: 0,
      tries_of_run: 0,
      ...row,
    });
    return id;
  };

  it("that is pending and due some time, or has ended", async () => {
    await insert();
    await insert({ status: "FAILED", next_try_at: null, claims: 3, try_count: 2, tries_of_run: 1 });
  });

  it.each([
    ["webhook_deliveries_next_try_at_check", { next_try_at: null }],
    ["webhook_deliveries_next_try_at_check", { status: "DELIVERED" }],
    ["webhook_deliveries_counts_check", { claims: -1 }],
    ["webhook_deliveries_counts_check", { tries_of_run: 1 }],
  ])("and not one that breaks %s: %j", (constraint, row) => refused(constraint, insert(row)));

  it("and its tries, which say a status or an error", async () => {
    const delivery_id = await insert();
    const attempt = { delivery_id, number: 1, at: NOW, ms: 1 };
    await refused("webhook_delivery_tries_check", database.insert("webhook_delivery_tries", attempt));
    await refused(
      "webhook_delivery_tries_check",
      database.insert("webhook_delivery_tries", { ...attempt, error: "No.", ms: -1 }),
    );
    await database.insert("webhook_delivery_tries", { ...attempt, http_status: 200 });
  });
});

describe("the database takes thresholds of low credits", () => {
  const insert = (thresholds: unknown, percents: unknown = []) =>
    database.run(
      `INSERT INTO teams (id, organization_id, alias, created_at, updated_at, low_credits_thresholds, low_credits_percent_thresholds)
        VALUES ($1, 'acme', 'Team', now(), now(), $2::jsonb, $3::jsonb)`,
      name("team"),
      JSON.stringify(thresholds),
      JSON.stringify(percents),
    );

  it("that are whole numbers, and whole percents", () => insert([0, 2_147_483_647], [1, 99]));

  it.each([[{}], [["1"]], [[-1]], [[1.5]], [[null]], [[[1]]], [[2_147_483_648]]])(
    "and no others: %j",
    async (wrong) => {
      await refused("teams_low_credits_thresholds_check", insert(wrong));
      await refused("teams_low_credits_percent_thresholds_check", insert([], wrong));
    },
  );

  it.each([[[0]], [[100]]])("and no such percent: %j", (percents) =>
    refused("teams_low_credits_percent_thresholds_check", insert([], percents)),
  );
});
