import type { CatalogEntry } from './catalog-entry';
import { golds } from './document-verification-golds';
import { practice, quiz } from './document-verification-quiz';

const instructions = `## What you decide
Somebody uploaded a **document** to prove the **claims**. Say whether the document is valid on the day of the check (\`checked_on\`), and what is wrong where it is not.

| result | when |
| --- | --- |
| **valid** | The right kind of document, whole, in force, and every claim agrees with it. |
| **invalid** | At least one thing is wrong. Tick each of them. |
| **unreadable** | A part that you need cannot be read. A better picture may be asked for. |

## What to compare
1. **Kind**: does it prove what it is meant to prove? A gym card is no proof of address.
2. **Dates**: an identity document must not be expired on \`checked_on\`. A proof of address must be at most **90 days** old.
3. **Name**: letter by letter. Accents, capitals and a missing middle name are no mismatch; another letter or another order of family name and given name is.
4. **Address and date of birth**: "St" and "Street" are the same; another house number is not. Dates may be written in any order, so read the month by its name where there is one.
5. **Signs of tampering**: check digits, totals or dates that contradict one another, another font in one line.

You see what was extracted from the document, or the document itself. Do not look the person up, and do not copy anything.`;

export const documentVerification: CatalogEntry = {
  type: 'document_verification',
  title: 'Document verification',
  description: 'Is a document valid, and does it match the claims?',
  instructions,
  skill: 'Checks identity documents and proofs of address against claims.',
  payoutSats: 1000,
  slaSeconds: 900,
  outputSchema: {
    type: 'object',
    title: 'Finding',
    required: ['result', 'problems'],
    additionalProperties: false,
    properties: {
      result: {
        type: 'string',
        title: 'Result',
        enum: ['valid', 'invalid', 'unreadable'],
        'x-enum-titles': ['Valid, and it matches', 'Invalid', 'Unreadable'],
      },
      problems: {
        type: 'array',
        title: 'Problems',
        description: 'Tick everything that is wrong; leave empty where the document is valid.',
        uniqueItems: true,
        items: {
          type: 'string',
          enum: [
            'wrong_kind',
            'expired',
            'too_old',
            'name_mismatch',
            'address_mismatch',
            'birth_date_mismatch',
            'tampering_signs',
            'part_missing',
          ],
        },
      },
      notes: {
        type: 'string',
        title: 'Notes',
        description: 'Where you saw it, such as "house number on line 3".',
        maxLength: 1000,
      },
    },
    examples: [
      { result: 'valid', problems: [] },
      { result: 'invalid', problems: ['expired'], notes: 'Expired two months before the check.' },
      { result: 'invalid', problems: ['name_mismatch', 'address_mismatch'] },
      { result: 'unreadable', problems: ['part_missing'], notes: 'The lower third is cut off.' },
    ],
  },
  rules: [
    {
      id: 'valid_without_problems',
      when: { '==': [{ var: 'output.result' }, 'valid'] },
      require: { '!': [{ var: 'output.problems' }] },
      message: 'You ticked problems, so the result cannot be "Valid".',
    },
    {
      id: 'invalid_names_problem',
      when: {
        and: [
          { '==': [{ var: 'output.result' }, 'invalid'] },
          { '!=': [{ var: 'output.problems' }, null] },
        ],
      },
      require: { '!!': [{ var: 'output.problems' }] },
      message: 'Tick at least one problem that makes the document invalid.',
    },
  ],
  golds,
  quiz,
  practice,
};
