// Tools for any model, by their plain definitions. The calls here are written by hand, in the shapes of
// OpenAI and Anthropic; a model's own go through the same `run`.
import { HumanRail } from '@humanrail/sdk';
import { HumanTools } from '@humanrail/sdk/tools';

const tools = new HumanTools(new HumanRail(), { payoutSats: 300 });
console.log(tools.openai().map((one) => one.function.name));

const input = {
  question: 'Is the photo of a broken cup?',
  payload: { image_url: 'https://example.com/cup.png' },
  schema: { type: 'boolean' },
};

const ofOpenAi = await tools.run({
  type: 'function',
  id: 'call_1',
  function: { name: 'ask_human', arguments: JSON.stringify(input) },
});
console.log(ofOpenAi);

const ofAnthropic = await tools.run({ type: 'tool_use', id: 'toolu_1', name: 'ask_human', input });
console.log(ofAnthropic);
