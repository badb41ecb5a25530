import type { LanguageModel } from 'ai';
import { MockLanguageModelV3 } from 'ai/test';

/** What the model says at one step: a text, or a call of a tool. */
export type Turn = { text: string } | { call: string; input: object };

/** A model that says what its script says, turn by turn. */
export function scriptedModel(turns: readonly Turn[]): LanguageModel {
  let step = 0;
  return new MockLanguageModelV3({
    doGenerate: async () => {
      const turn = turns[step] ?? { text: '' };
      step += 1;
      const isCall = 'call' in turn;
      return {
        content: isCall
          ? [
              {
                type: 'tool-call',
                toolCallId: `call-${step}`,
                toolName: turn.call,
                input: JSON.stringify(turn.input),
              },
            ]
          : [{ type: 'text', text: turn.text }],
        finishReason: { unified: isCall ? 'tool-calls' : 'stop', raw: undefined },
        usage: {
          inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 1, text: 1, reasoning: 0 },
        },
        warnings: [],
      };
    },
  });
}
