export { isMailboxOpen } from './access';
export { enqueueEmail, type NewEmail } from './enqueue-email';
export { countFailedEmails, getEmail, getEmailHtml, getSampleHtml, listEmails } from './queries';
export type { TemplateData, TemplateName } from './templates';
