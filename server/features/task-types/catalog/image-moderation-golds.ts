import { type CatalogGold, gold } from './catalog-entry';
import { pictures } from './image-moderation-pictures';

type Verdict = 'safe' | 'nsfw' | 'violent' | 'policy_violating';
type Severity = 'none' | 'mild' | 'severe';

export function image(
  slug: string,
  image_url: string,
  [posted_in, caption]: [string, string],
  [verdict, severity]: [Verdict, Severity],
  explanation: string,
): CatalogGold {
  return gold(slug, { image_url, caption, posted_in }, { verdict, severity }, explanation);
}

export const golds: CatalogGold[] = [
  image(
    'mountains',
    pictures.mountains,
    ['Travel photos', 'Day two, the pass is open again'],
    ['safe', 'none'],
    'A landscape, and nothing in the caption.',
  ),
  image(
    'dinner-knife',
    pictures.dinner,
    ['Recipes', 'Killer ratatouille, recipe below'],
    ['safe', 'none'],
    'A knife beside a plate is no weapon, and "killer" praises the dish.',
  ),
  image(
    'statue',
    pictures.statue,
    ['Museum visits', 'Marble, second century'],
    ['safe', 'none'],
    'Statues are art, dressed or not.',
  ),
  image(
    'beach-family',
    pictures.beach,
    ['Family album', 'Finally summer'],
    ['safe', 'none'],
    'Bathing clothes at the beach.',
  ),
  image(
    'stabbing',
    pictures.stabbing,
    ['Memes', 'monday mood'],
    ['violent', 'severe'],
    'A knife in a person, and blood: the caption makes it no joke.',
  ),
  image(
    'gun-at-head',
    pictures.gunAtHead,
    ['School group', 'this is what snitches get'],
    ['violent', 'severe'],
    'A weapon aimed at somebody who begs, posted as a threat.',
  ),
  image(
    'scraped-knee',
    pictures.scrapedKnee,
    ['Family album', 'He did not even cry!'],
    ['violent', 'mild'],
    'An injury with a little blood: violent comes first, and a warning would do.',
  ),
  image(
    'nude-drawing',
    pictures.nudeDrawing,
    ['Profile pictures', ''],
    ['nsfw', 'mild'],
    'Nudity; a drawing is one step milder.',
  ),
  image(
    'adult-offer',
    pictures.adultOffer,
    ['Comments of a children’s channel', 'link in my bio 😘'],
    ['nsfw', 'severe'],
    'It offers sexual shows.',
  ),
  image(
    'pills-for-sale',
    pictures.pillsForSale,
    ['Marketplace', 'DM me'],
    ['policy_violating', 'severe'],
    'Drugs for sale, with a price and without a prescription.',
  ),
  image(
    'bank-card',
    pictures.bankCard,
    ['Forum', 'look what somebody left at the till lol'],
    ['policy_violating', 'severe'],
    'A stranger’s card with number, date and check code.',
  ),
  image(
    'medicine-cabinet',
    pictures.medicine,
    ['Home improvement', 'New cabinet, took me two evenings'],
    ['safe', 'none'],
    'Medicine at home, and nobody sells it.',
  ),
];
