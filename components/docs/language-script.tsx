import { LANGUAGE_KEY } from '@/components/ui/language-key';

/** Marks the page with the remembered language before anything is shown, so that no tab flickers. */
export function LanguageScript({ nonce }: { nonce: string | undefined }) {
  const script = `try{document.documentElement.dataset.language=localStorage.getItem('${LANGUAGE_KEY}')??''}catch{}`;
  return (
    <script
      nonce={nonce}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
      dangerouslySetInnerHTML={{ __html: script }}
    />
  );
}
