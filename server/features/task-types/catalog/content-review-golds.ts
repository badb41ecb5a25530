import { type CatalogGold, gold } from './catalog-entry';

type Verdict = 'genuine' | 'ai_generated' | 'policy_violation';

export function review(
  slug: string,
  source: string,
  content: string,
  verdict: Verdict,
  areas: string[],
  explanation: string,
): CatalogGold {
  return gold(slug, { source, content }, { verdict, policy_areas: areas }, explanation);
}

export const golds: CatalogGold[] = [
  review(
    'kettle-lid',
    'Product review, electric kettle, 4 stars',
    'Boils fast, but the lid snaps open so hard that drops fly onto my hand if I fill it past 1.2 l. I wait ten seconds now. Would still buy again, the old one took twice as long.',
    'genuine',
    [],
    'A fault with its circumstances and the way round it: nobody invents the 1.2 litres.',
  ),
  review(
    'headphones-journey',
    'Product review, wireless headphones, 5 stars',
    'The AuraSound Pro 3000 Wireless Headphones are not only a remarkable feat of engineering but also a testament to comfort, clarity, and convenience. Whether you are commuting, working, or relaxing, the AuraSound Pro 3000 Wireless Headphones elevate your listening journey to new heights.',
    'ai_generated',
    [],
    'The full name twice, lists of three, and not one thing that happened to the writer.',
  ),
  review(
    'followers-link',
    'Comment under a cooking video',
    'Great recipe!! 🔥 btw I got 10k followers in 2 days with insta-boost-now.example, first 500 free use code CHEF',
    'policy_violation',
    ['spam'],
    'The compliment is the wrapping; the link and the code are the content.',
  ),
  review(
    'hotel-moan',
    'Hotel review, 1 star',
    'never again. reception said no parking booked (i have the mail!!), room smelt of wet dog & the tv only does german. manager shrugged. shame on you',
    'genuine',
    [],
    'Angry and badly typed, yet all of it is about the stay. Criticism of a company is allowed.',
  ),
  review(
    'neighbour-address',
    'Forum post, local community',
    'The guy who keeps reporting our dogs is Martin Velde, he lives at 14 Larkspur Close, flat 2, and his number is 0161 555 0142. Give him a call at night so he knows how it feels.',
    'policy_violation',
    ['personal_data', 'harassment'],
    'It publishes a private address and phone number, and calls on people to disturb somebody.',
  ),
  review(
    'paid-stars',
    'Product review, phone case, 5 stars',
    'Five stars as agreed, please send the 8 € voucher to the same account as last time. Have not opened the package yet but it looks nice.',
    'policy_violation',
    ['fraud'],
    'The writer says that the stars are paid for, and that the product was never tried.',
  ),
  review(
    'course-template',
    'Course review, 5 stars',
    'I recently completed this course and I must say it exceeded my expectations. The content was informative, the instructor was knowledgeable, and the pace was perfect. I would highly recommend this course to anyone looking to enhance their skills and achieve their goals.',
    'ai_generated',
    [],
    'Nothing says what the course was about; the text fits every course there is.',
  ),
  review(
    'short-but-real',
    'App review, 5 stars',
    'finally has dark mode, thank you. my eyes at 2am feeding the baby say hi',
    'genuine',
    [],
    'Short, with an occasion of its own: a feature just released, and when it is used.',
  ),
  review(
    'group-contempt',
    'Comment under a news article',
    'Everyone from that country is a thief, they are born like it. Throw out the lot, they are vermin and always will be.',
    'policy_violation',
    ['hate'],
    'Contempt for all people of an origin, with the word vermin: hate, not an opinion on politics.',
  ),
  review(
    'tripod-translated',
    'Product review, camera tripod, 3 stars',
    'The legs good, the head is a little bit weak with my 70-200 lens, it is going down slowly when I do the long exposure. For small camera is ok I think. Delivery was 9 days to Tartu.',
    'genuine',
    [],
    'Foreign grammar is no sign of a machine. Lens, effect and place are details of a real use.',
  ),
  review(
    'supplement-dose',
    'Forum post, fitness',
    'Skip the doctor. Take 40 g of it at once with vodka and do not eat for three days, that is how you really cut. If your heart races you are doing it right.',
    'policy_violation',
    ['dangerous'],
    'Instructions that would hurt whoever follows them.',
  ),
  review(
    'book-balance',
    'Book review, 4 stars',
    'In an era defined by rapid change, this book serves as a beacon of insight. It masterfully weaves together theory and practice, offering readers a rich tapestry of ideas. While some may find it challenging, the rewards are undeniable.',
    'ai_generated',
    [],
    'Beacon, tapestry, rewards: no chapter, no idea and no sentence of the book appears.',
  ),
];
