export { isMailboxOpen } from './access';
export { enqueueEmail, type NewEmail } from './enqueue-email';
export { getEmail, getEmailHtml, getSampleHtml, listEmails } from './queries';
export type { TemplateData, TemplateName } from './templates';
