import type { CatalogEntry } from './catalog-entry';
import { golds } from './translation-review-golds';
import { practice, quiz } from './translation-review-quiz';

const instructions = `## What you decide
A machine translated the **source**. Judge the **translation** for the place named in \`context\`, as somebody at home in both languages.

**Accuracy**: does it say what the source says?
- *accurate*: nothing added, lost or changed · *minor_errors*: a reader still understands and does the right thing
- *major_errors*: a reader would misunderstand something that matters: a number, a negation, a name, who does what · *wrong*: another meaning altogether

**Fit**: does it suit the place and the reader?
- *natural*: a native writer could have written it · *awkward*: understandable, and one notices the machine
- *inappropriate*: it would offend, amuse or embarrass: wrong form of address, unlucky double meaning, broken placeholders

**Errors**: tick every kind there is. **Better translation**: needed where the accuracy is *major_errors* or *wrong*; mend what is wrong and leave the rest.

## Remember
- Free is not false: "It's raining cats and dogs" need not keep the cats.
- Placeholders such as \`{name}\` and numbers must survive as they are.
- *du* or *Sie*, *tu* or *vous*: the context says who speaks to whom.`;

export const translationReview: CatalogEntry = {
  type: 'translation_review',
  title: 'Translation review',
  description: 'Accuracy and fit of a machine translation.',
  instructions,
  skill: 'Judges machine translations for accuracy and for how they sound to a native reader.',
  payoutSats: 800,
  slaSeconds: 600,
  outputSchema: {
    type: 'object',
    title: 'Review',
    required: ['accuracy', 'fit', 'errors'],
    additionalProperties: false,
    properties: {
      accuracy: {
        type: 'string',
        title: 'Accuracy',
        description: 'Does it say what the source says?',
        enum: ['accurate', 'minor_errors', 'major_errors', 'wrong'],
        'x-enum-titles': ['Accurate', 'Minor errors', 'Major errors', 'Wrong'],
      },
      fit: {
        type: 'string',
        title: 'Fit',
        description: 'Does it suit the place and the reader?',
        enum: ['natural', 'awkward', 'inappropriate'],
        'x-enum-titles': ['Natural', 'Awkward', 'Inappropriate'],
      },
      errors: {
        type: 'array',
        title: 'Errors',
        description: 'Tick every kind there is; leave empty where there is none.',
        uniqueItems: true,
        items: {
          type: 'string',
          enum: [
            'meaning',
            'omission',
            'addition',
            'number_or_name',
            'grammar',
            'terminology',
            'form_of_address',
            'placeholder',
          ],
        },
      },
      better_translation: {
        type: 'string',
        title: 'Better translation',
        description: 'Needed where the accuracy has major errors or is wrong.',
        maxLength: 4000,
      },
    },
    examples: [
      { accuracy: 'accurate', fit: 'natural', errors: [] },
      { accuracy: 'minor_errors', fit: 'awkward', errors: ['grammar'] },
      {
        accuracy: 'major_errors',
        fit: 'natural',
        errors: ['number_or_name'],
        better_translation: 'Die Frist endet am 13. Mai.',
      },
    ],
  },
  rules: [
    {
      id: 'serious_errors_mended',
      when: {
        and: [
          { in: [{ var: 'output.accuracy' }, ['major_errors', 'wrong']] },
          { '!=': [{ var: 'output.errors' }, null] },
        ],
      },
      require: { '!!': [{ var: 'output.better_translation' }] },
      message: 'Write a better translation where the accuracy has major errors or is wrong.',
    },
    {
      id: 'inaccurate_names_errors',
      when: {
        and: [
          { '!=': [{ var: 'output.accuracy' }, 'accurate'] },
          { '!=': [{ var: 'output.errors' }, null] },
        ],
      },
      require: { '!!': [{ var: 'output.errors' }] },
      message: 'Tick at least one kind of error, or choose "Accurate".',
    },
  ],
  golds,
  quiz,
  practice,
};
