import type { CatalogGold } from './catalog-entry';
import { review } from './content-review-golds';

export const quiz: CatalogGold[] = [
  review(
    'quiz-rain-jacket',
    'Product review, rain jacket, 2 stars',
    'Zip broke on day 3 on the Pennine Way, in the rain obviously. Shop swapped it without a fuss, hence 2 stars not 1.',
    'genuine',
    [],
    'A place, a day, and a reason for exactly two stars.',
  ),
  review(
    'quiz-blender',
    'Product review, blender, 5 stars',
    'This blender has truly transformed my kitchen experience. From smoothies to soups to sauces, it delivers exceptional performance every time. A must-have for health-conscious individuals and busy families alike.',
    'ai_generated',
    [],
    'A list of three and an audience from an advertisement, but nothing that was blended.',
  ),
  review(
    'quiz-crypto',
    'Comment under a finance article',
    'Interesting read. Mrs Adebayo trades for me and I make 4,200 $ every week, write to her on the messenger, she will help you too.',
    'policy_violation',
    ['spam', 'fraud'],
    'The well-known scheme: an invented profit and a contact who "helps". It advertises, and it lies.',
  ),
  review(
    'quiz-harsh-film',
    'Film review, 1 star',
    'Two hours of my life for a script a drunk pigeon could have written. The lead acts like he is waiting for a bus. My wife left after 40 minutes, I envy her.',
    'genuine',
    [],
    'Insulting about the work, which is allowed, and with an evening that really took place.',
  ),
  review(
    'quiz-threat',
    'Reply in a game chat',
    'keep beating me and i will find out where you go to school and wait for you there, ask the last kid',
    'policy_violation',
    ['harassment'],
    'A threat against a person.',
  ),
  review(
    'quiz-vacuum-hair',
    'Product review, vacuum cleaner, 4 stars',
    'two cats, one husband, all of them shed. gets it off the stairs carpet but the brush wraps up, i cut it free every second sunday w/ nail scissors',
    'genuine',
    [],
    'The nail scissors every second Sunday are a detail that nobody makes up.',
  ),
  review(
    'quiz-retreat',
    'Hotel review, 5 stars',
    'From the moment we arrived, we were greeted with warmth, elegance, and unparalleled hospitality. Every detail was thoughtfully curated to create an unforgettable experience. Whether you seek relaxation or adventure, this retreat truly has it all.',
    'ai_generated',
    [],
    'Greeted, curated, unforgettable: no room, no meal, no day. It fits every hotel there is.',
  ),
  review(
    'quiz-coach-dm',
    'Comment under a fitness video',
    'you look like a whale in that shirt, do the world a favour and stop posting, everyone is laughing at you',
    'policy_violation',
    ['harassment'],
    'An insult aimed at one person. It is no criticism of the video.',
  ),
  review(
    'quiz-returned-laptop',
    'Product review, laptop, 1 star',
    'Screen flickers below 40 % brightness. Support had me reinstall windows TWICE before admitting it is the panel. 3 weeks without it, exam season. Refund came today, at least that.',
    'genuine',
    [],
    'A fault with its condition, what support did, and when: it happened to somebody.',
  ),
  review(
    'quiz-review-trade',
    'Forum post, small sellers',
    'Looking for 20 people to leave 5 stars on my listing, I refund the full price + 10 € each, screenshots needed. You do not even have to open the box.',
    'policy_violation',
    ['fraud'],
    'It asks for invented reviews and pays for them.',
  ),
];

/** For newcomers to try the form on. */
export const practice: CatalogGold = review(
  'practice-umbrella',
  'Product review, umbrella, 3 stars',
  'Survived the ferry to Harwich, died at the bus stop in Colchester. One rib bent outwards. For 9 € I am not even cross.',
  'genuine',
  [],
  'Two places, one bent rib and a price that explains the mood: a person wrote this about a real umbrella. Nothing in it breaks the policy.',
);
