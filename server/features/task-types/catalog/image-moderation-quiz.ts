import type { CatalogGold } from './catalog-entry';
import { image } from './image-moderation-golds';
import { pictures } from './image-moderation-pictures';

export const quiz: CatalogGold[] = [
  image(
    'quiz-chess',
    pictures.chessClub,
    ['Neighbourhood', 'Beginners welcome, we bite only on the board'],
    ['safe', 'none'],
    'An invitation to a club; the bite is a joke about chess.',
  ),
  image(
    'quiz-rifle',
    pictures.rifleForSale,
    ['Marketplace', 'serious offers only'],
    ['policy_violating', 'severe'],
    'A weapon for sale. It aims at nobody, so it is not "violent".',
  ),
  image(
    'quiz-banner',
    pictures.hateBanner,
    ['News comments', 'finally someone says it'],
    ['policy_violating', 'severe'],
    'A banner that calls a group of people not human, and its approval.',
  ),
  image(
    'quiz-beach-offer',
    pictures.beach,
    ['Dating group', 'the girl on the left does nudes for 20 €, write me'],
    ['nsfw', 'severe'],
    'The picture is safe, the caption is not: it offers sexual pictures.',
  ),
  image(
    'quiz-cartoon-knife',
    pictures.stabbing,
    ['Comics', 'panel 3 of my crime comic, thoughts?'],
    ['violent', 'mild'],
    'Blood and a blade, yet plainly a panel of a comic among comics: a warning would do.',
  ),
  image(
    'quiz-dinner-party',
    pictures.dinner,
    ['Family album', 'Grandma still carves, knife sharper than mine'],
    ['safe', 'none'],
    'A kitchen knife at dinner; nobody is threatened.',
  ),
  image(
    'quiz-mountain-link',
    pictures.mountains,
    ['Travel photos', 'Earn 900 $ a day like me, join at easy-peaks.example'],
    ['policy_violating', 'severe'],
    'The landscape only carries the advertisement: spam.',
  ),
  image(
    'quiz-pills-friend',
    pictures.pillsForSale,
    ['Student chat', 'exam week survival kit, ask me'],
    ['policy_violating', 'severe'],
    'Pills with a price, offered to students. The joke changes nothing.',
  ),
  image(
    'quiz-statue-park',
    pictures.statue,
    ['City walks', 'New in the park since Tuesday'],
    ['safe', 'none'],
    'A statue, with or without clothes, is neither nudity nor a violation.',
  ),
  image(
    'quiz-knee-cartoon',
    pictures.scrapedKnee,
    ['First aid course', 'Slide 4: rinse, then cover'],
    ['violent', 'mild'],
    'An injury, if a small one. The purpose makes it mild, not safe.',
  ),
];

/** For newcomers to try the form on. */
export const practice: CatalogGold = image(
  'practice-mountains',
  pictures.mountains,
  ['Travel photos', 'Three hours up, one hour of fog, five minutes of this'],
  ['safe', 'none'],
  'Nothing of the list applies to the landscape, and the caption offers nothing and attacks nobody. Safe images have the severity “none”.',
);
