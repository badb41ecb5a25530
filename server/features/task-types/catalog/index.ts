import type { CatalogEntry } from './catalog-entry';
import { contentReview } from './content-review';
import { documentVerification } from './document-verification';
import { imageModeration } from './image-moderation';
import { refundEligibility } from './refund-eligibility';
import { sentimentAnalysis } from './sentiment-analysis';
import { translationReview } from './translation-review';

/** The task types that come with the product. */
export const catalog: readonly CatalogEntry[] = [
  contentReview,
  refundEligibility,
  documentVerification,
  sentimentAnalysis,
  imageModeration,
  translationReview,
];

/** Skills beside those of the types, for customers' own types. */
export const generalSkills: readonly { name: string; description: string }[] = [
  { name: 'general', description: 'Reads instructions with care and answers to the point.' },
  { name: 'translation', description: 'At home in at least two languages.' },
  { name: 'documents', description: 'Reads forms, invoices, letters and certificates.' },
  { name: 'images', description: 'Looks at photographs and drawings and describes them.' },
  { name: 'writing', description: 'Writes short texts that are correct and pleasant to read.' },
  { name: 'research', description: 'Finds out facts from public sources, and names these.' },
];
