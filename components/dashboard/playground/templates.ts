/** A payload to begin with for each type that ships; what is asked about it comes from the type. */
export const TEMPLATES: Record<string, Record<string, unknown>> = {
  content_review: {
    source: 'Product review, hand blender, 5 stars',
    content:
      'Absolutely amazing product! It exceeded all my expectations and I would highly recommend it to anyone. Best purchase ever!',
  },
  refund_eligibility: {
    policy:
      '1. Unused goods can be returned within 30 days of delivery for a full refund.\n2. Opened cosmetics are not refunded, unless they are faulty.',
    order: { item: 'Face cream, 50 ml', delivered_on: '2026-05-02', paid_eur: 34 },
    request: {
      received_on: '2026-05-11',
      message: 'I opened it, and it smells rancid. I would like my money back.',
    },
  },
  document_verification: {
    document: {
      kind: 'passport',
      name: 'MORALES, ANA LUCIA',
      born: '21 JUN 1988',
      expires: '09 JAN 2025',
      number: 'X1180342',
    },
    claims: { full_name: 'Ana Morales', born: '1988-06-21' },
    checked_on: '2026-05-04',
  },
  sentiment_analysis: {
    channel: 'chat',
    message: 'Lovely, the app logged me out again right before checkout. Third time today.',
  },
  image_moderation: {
    image_url:
      'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"%3E%3Crect width="320" height="200" fill="%23bcd9ea"/%3E%3Cpath d="M0 200 90 70l60 80 50-60 120 110z" fill="%23567568"/%3E%3Ccircle cx="260" cy="46" r="22" fill="%23f6d264"/%3E%3C/svg%3E',
    caption: 'Morning view from the hut',
    posted_in: 'Travel photos',
  },
  translation_review: {
    languages: 'en-de',
    context: 'Button in a banking app',
    source: 'Your transfer will arrive within two working days.',
    translation: 'Ihre Überweisung trifft innerhalb von zwei Tagen ein.',
  },
};

/** For the organization's own types. */
export const PLAIN_PAYLOAD = { text: 'What should the worker look at?' };
