import { expect, it } from "vitest";
import { anthropicOf, MAX_TOKENS, QUESTION } from "../../kit/clients/anthropic.js";
import { openAiOf } from "../../kit/clients/openai.js";
import { useGateway } from "../../kit/gateway/gateway.js";

const gateway = useGateway();

it("a job with calls of all doors, and of embeddings, has one summary, which is the sum of them", async () => {
  const team = await gateway.world.team();
  const job = await team.job();
  const headers = { "X-Job-Id": job.id };
  const openai = openAiOf(gateway).clientOf(team.secret);
  const anthropic = await anthropicOf(gateway).clientOf(team.secret);
  const chat = { model: team.modelGroup, messages: QUESTION };
  const message = { ...chat, max_tokens: MAX_TOKENS };

  const completion = await openai.chat.completions.create(chat, { headers });
  const whole = await anthropic.messages.create(message, { headers });
  const streamed = await anthropic.messages.stream(message, { headers }).finalMessage();
  const response = await openai.responses.create({ model: team.modelGroup, input: "What is a tollgate?" }, { headers });
  const vectors = await openai.embeddings.create({ model: team.modelGroup, input: ["a", "b"] }, { headers });
  const graphql = await job.call();
  const refused = anthropic.messages.create({ ...message, max_tokens: 0 }, { headers });
  await expect(refused).rejects.toMatchObject({ status: 400 });

  const { costs } = await job.complete();
  expect(costs).toMatchObject({ totalCalls: 6, successfulCalls: 6, failedCalls: 0, creditsRemaining: 9 });
  expect(costs.promptTokens).toBe(
    (completion.usage?.prompt_tokens ?? 0) +
      whole.usage.input_tokens +
      streamed.usage.input_tokens +
      (response.usage?.input_tokens ?? 0) +
      vectors.usage.prompt_tokens +
      graphql.usage.promptTokens,
  );
  expect(costs.completionTokens).toBe(
    (completion.usage?.completion_tokens ?? 0) +
      whole.usage.output_tokens +
      streamed.usage.output_tokens +
      (response.usage?.output_tokens ?? 0) +
      graphql.usage.completionTokens,
  );
});
