import { type CatalogGold, gold } from './catalog-entry';

type Accuracy = 'accurate' | 'minor_errors' | 'major_errors' | 'wrong';
type Fit = 'natural' | 'awkward' | 'inappropriate';
type Kind =
  | 'meaning'
  | 'omission'
  | 'addition'
  | 'number_or_name'
  | 'grammar'
  | 'terminology'
  | 'form_of_address'
  | 'placeholder';

interface Text {
  languages: string;
  context: string;
  source: string;
  translation: string;
}

export function translated(
  slug: string,
  { languages, ...text }: Text,
  [accuracy, fit, errors, better]: [Accuracy, Fit, Kind[], string?],
  explanation: string,
): CatalogGold {
  const [source_language, target_language] = languages.split('-');
  return gold(
    slug,
    { source_language, target_language, ...text },
    { accuracy, fit, errors, ...(better ? { better_translation: better } : {}) },
    explanation,
  );
}

export const golds: CatalogGold[] = [
  translated(
    'de-deadline',
    {
      languages: 'en-de',
      context: 'Letter to a customer',
      source: 'Please pay by 30 June to avoid a fee.',
      translation: 'Bitte zahlen Sie bis zum 13. Juni, um eine Gebühr zu vermeiden.',
    },
    [
      'major_errors',
      'natural',
      ['number_or_name'],
      'Bitte zahlen Sie bis zum 30. Juni, um eine Gebühr zu vermeiden.',
    ],
    'The sentence is fine German, but the 30th became the 13th.',
  ),
  translated(
    'es-negation',
    {
      languages: 'en-es',
      context: 'Leaflet of a medicine',
      source: 'Do not take with alcohol.',
      translation: 'Tomar con alcohol.',
    },
    ['wrong', 'inappropriate', ['omission', 'meaning'], 'No tomar con alcohol.'],
    'The "not" is lost: the reader is told the opposite, in a leaflet.',
  ),
  translated(
    'fr-welcome',
    {
      languages: 'en-fr',
      context: 'First screen of a banking app, polite form',
      source: 'Welcome back, {name}. Your accounts are up to date.',
      translation: 'Ravi de vous revoir, {name}. Vos comptes sont à jour.',
    },
    ['accurate', 'natural', []],
    'Free where French would be, with the placeholder in its place.',
  ),
  translated(
    'de-du',
    {
      languages: 'en-de',
      context: 'Letter of a law firm to a client',
      source: 'We will contact you next week.',
      translation: 'Wir melden uns nächste Woche bei dir.',
    },
    ['accurate', 'inappropriate', ['form_of_address']],
    'The meaning is right, but a law firm says "Ihnen" to its clients.',
  ),
  translated(
    'es-gift',
    {
      languages: 'de-en',
      context: 'Warning on a bottle',
      source: 'Achtung, Gift!',
      translation: 'Attention, gift!',
    },
    ['wrong', 'inappropriate', ['meaning'], 'Caution, poison!'],
    '"Gift" is German for poison.',
  ),
  translated(
    'fr-idiom',
    {
      languages: 'en-fr',
      context: 'Novel',
      source: 'It was raining cats and dogs when we left.',
      translation: 'Il pleuvait des cordes quand nous sommes partis.',
    },
    ['accurate', 'natural', []],
    'The French idiom has ropes instead of animals, and means the same.',
  ),
  translated(
    'de-word-order',
    {
      languages: 'en-de',
      context: 'Help page',
      source: 'Click on Save to keep your changes.',
      translation: 'Klicken Sie auf Speichern, um zu behalten Ihre Änderungen.',
    },
    ['minor_errors', 'awkward', ['grammar']],
    'Understandable, but the verb belongs at the end.',
  ),
  translated(
    'es-placeholder',
    {
      languages: 'en-es',
      context: 'Notification in an app',
      source: '{count} new messages from {sender}',
      translation: '{contar} mensajes nuevos de {remitente}',
    },
    ['major_errors', 'inappropriate', ['placeholder'], '{count} mensajes nuevos de {sender}'],
    'Placeholders were translated: users would see the braces instead of numbers and names.',
  ),
  translated(
    'it-burro',
    {
      languages: 'es-it',
      context: 'Children’s book',
      source: 'El burro come hierba.',
      translation: 'Il burro mangia l’erba.',
    },
    ['wrong', 'inappropriate', ['meaning'], 'L’asino mangia l’erba.'],
    'In Italian "burro" is butter. The donkey is an "asino".',
  ),
  translated(
    'en-omitted-half',
    {
      languages: 'fr-en',
      context: 'Terms of a rental',
      source: 'Le dépôt est rendu sous 30 jours, sauf dommages constatés.',
      translation: 'The deposit is returned within 30 days.',
    },
    [
      'major_errors',
      'natural',
      ['omission'],
      'The deposit is returned within 30 days, unless damage is found.',
    ],
    'The exception for damage is missing, which changes what both sides owe.',
  ),
  translated(
    'en-board-term',
    {
      languages: 'de-en',
      context: 'Annual report of a company',
      source: 'Der Aufsichtsrat hat den Abschluss gebilligt.',
      translation: 'The supervisory council has approved the financial statements.',
    },
    ['minor_errors', 'awkward', ['terminology']],
    'Understandable; the established term is "supervisory board".',
  ),
  translated(
    'pt-plain',
    {
      languages: 'en-pt',
      context: 'Sign in a shop in Lisbon',
      source: 'Closed on Sundays and public holidays',
      translation: 'Encerrado aos domingos e feriados',
    },
    ['accurate', 'natural', []],
    'Exactly what shops in Lisbon write.',
  ),
];
