import type { z } from 'zod';
import { accountTemplates } from './account-templates';
import { organizationTemplates } from './organization-templates';
import type { Template } from './template';
import { workerTemplates } from './worker-templates';

/** Every e-mail the product sends. */
export const TEMPLATES = { ...accountTemplates, ...organizationTemplates, ...workerTemplates };

export type TemplateName = keyof typeof TEMPLATES;
/** The data of a template. */
export type TemplateData<Name extends TemplateName> = z.input<(typeof TEMPLATES)[Name]['data']>;

export function isTemplateName(name: string): name is TemplateName {
  return Object.hasOwn(TEMPLATES, name);
}

/** A template without its data type. */
export function templateOf(name: TemplateName): Template {
  return TEMPLATES[name] as unknown as Template;
}
