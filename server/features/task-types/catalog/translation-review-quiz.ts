import type { CatalogGold } from './catalog-entry';
import { translated } from './translation-review-golds';

export const quiz: CatalogGold[] = [
  translated(
    'quiz-billion',
    {
      languages: 'de-en',
      context: 'News',
      source: 'Der Konzern investiert drei Milliarden Euro.',
      translation: 'The group is investing three million euros.',
    },
    ['major_errors', 'natural', ['number_or_name'], 'The group is investing three billion euros.'],
    '"Milliarde" is a billion: a thousand times more.',
  ),
  translated(
    'quiz-hot',
    {
      languages: 'en-de',
      context: 'Chat with a hotel guest',
      source: 'I am hot, can you turn the heating down?',
      translation: 'Ich bin heiß, können Sie die Heizung herunterdrehen?',
    },
    ['minor_errors', 'inappropriate', ['meaning']],
    '"Ich bin heiß" says something else about the guest; "Mir ist heiß" is meant.',
  ),
  translated(
    'quiz-thanks',
    {
      languages: 'en-es',
      context: 'E-mail to a customer, polite form',
      source: 'Thank you for your patience. Your order left our warehouse today.',
      translation: 'Gracias por su paciencia. Su pedido ha salido hoy de nuestro almacén.',
    },
    ['accurate', 'natural', []],
    'Complete, polite and natural.',
  ),
  translated(
    'quiz-added',
    {
      languages: 'fr-en',
      context: 'Offer of a shop',
      source: 'Livraison gratuite dès 50 €.',
      translation: 'Free delivery worldwide from €50.',
    },
    ['major_errors', 'natural', ['addition'], 'Free delivery from €50.'],
    '"Worldwide" is not in the source, and promises what nobody offered.',
  ),
  translated(
    'quiz-eventually',
    {
      languages: 'de-en',
      context: 'E-mail among colleagues',
      source: 'Ich komme eventuell später.',
      translation: 'I will eventually come later.',
    },
    ['wrong', 'awkward', ['meaning'], 'I may come later.'],
    '"Eventuell" means perhaps; "eventually" means in the end.',
  ),
  translated(
    'quiz-not-before',
    {
      languages: 'en-de',
      context: 'Package leaflet of a medicine',
      source: 'Do not take this medicine before driving.',
      translation: 'Nehmen Sie dieses Arzneimittel vor dem Autofahren ein.',
    },
    [
      'wrong',
      'natural',
      ['meaning'],
      'Nehmen Sie dieses Arzneimittel nicht vor dem Autofahren ein.',
    ],
    'The "not" is lost: the leaflet now says the opposite.',
  ),
  translated(
    'quiz-placeholder',
    {
      languages: 'en-fr',
      context: 'Push message of an app',
      source: 'Hello {name}, your table is ready.',
      translation: 'Bonjour {nom}, votre table est prête.',
    },
    ['accurate', 'inappropriate', ['placeholder']],
    'The words are right, but "{nom}" is no placeholder any more and would be shown as it stands.',
  ),
  translated(
    'quiz-rain',
    {
      languages: 'en-de',
      context: 'Chat among friends',
      source: 'It is raining cats and dogs, let us stay in.',
      translation: 'Es schüttet wie aus Eimern, lass uns drinnen bleiben.',
    },
    ['accurate', 'natural', []],
    'Free, and exactly what a friend would write.',
  ),
  translated(
    'quiz-who-pays',
    {
      languages: 'de-en',
      context: 'Rental contract',
      source: 'Der Vermieter trägt die Kosten der Reparatur.',
      translation: 'The tenant bears the cost of the repair.',
    },
    ['major_errors', 'natural', ['meaning'], 'The landlord bears the cost of the repair.'],
    'Landlord became tenant: the wrong one pays.',
  ),
  translated(
    'quiz-missing-half',
    {
      languages: 'es-en',
      context: 'Sign at a pool',
      source: 'Prohibido correr y saltar.',
      translation: 'No running.',
    },
    ['major_errors', 'natural', ['omission'], 'No running or jumping.'],
    'Jumping is gone, and with it half of the rule.',
  ),
];

/** For newcomers to try the form on. */
export const practice: CatalogGold = translated(
  'practice-platform',
  {
    languages: 'en-de',
    context: 'Announcement at a station',
    source: 'The train to Basel leaves from platform 7.',
    translation: 'Der Zug nach Basel fährt von Gleis 1 ab.',
  },
  ['major_errors', 'natural', ['number_or_name'], 'Der Zug nach Basel fährt von Gleis 7 ab.'],
  'The German is good, but the platform is another: travellers would miss their train. A wrong number that matters is a major error, and the better translation mends only that.',
);
