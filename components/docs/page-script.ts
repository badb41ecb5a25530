import { LANGUAGE_KEY } from '@/components/ui/code/language-key';
import { COLOURS_KEY } from '@/components/ui/early-script';

interface Known {
  languageKey: string;
  coloursKey: string;
}

/**
 * What a page of the documentation does without React: tabs, copying, light and dark, and the search's dialog. React is
 * fetched, by the tags that sealing has set aside, once something is used that needs it: what is marked `data-wakes`, when it is
 * pressed, opened or, with the value `seen`, in view. Its text goes into the page, so it may refer to nothing outside of itself.
 */
function run({ languageKey, coloursKey }: Known): void {
  const root = document.documentElement;
  const keep = (key: string, value: string) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // It holds for this page.
    }
  };
  const kept = (key: string) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  const wake = () => {
    for (const late of document.querySelectorAll<HTMLScriptElement>('script[data-late]')) {
      const script = document.createElement('script');
      script.setAttribute('src', late.dataset.late ?? '');
      script.integrity = late.integrity;
      script.async = true;
      // Another press tries again.
      script.onerror = () => {
        script.replaceWith(late);
        for (const waiting of document.querySelectorAll<HTMLElement>('[data-fault]')) {
          waiting.textContent = waiting.dataset.fault ?? '';
        }
      };
      late.replaceWith(script);
    }
  };

  const showLanguage = (language: string | null) => {
    for (const list of document.querySelectorAll('[role="tablist"]')) {
      const tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
      const shown = tabs.find((tab) => tab.dataset.tab === language) ?? tabs[0];
      for (const tab of tabs) {
        tab.setAttribute('aria-selected', String(tab === shown));
        tab.tabIndex = tab === shown ? 0 : -1;
        const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
        if (panel) panel.hidden = tab !== shown;
      }
    }
  };
  const chooseLanguage = (language: string) => {
    keep(languageKey, language);
    root.dataset.language = language;
    showLanguage(language);
  };

  const copyPage = async (button: HTMLElement, address: string) => {
    const said = button.querySelector('[role="status"]');
    const isCopied = await fetch(address)
      .then((response) => (response.ok ? response.text() : Promise.reject(response.status)))
      .then((text) => navigator.clipboard.writeText(text))
      .then(
        () => true,
        () => false,
      );
    if (said) said.textContent = isCopied ? 'Copied' : 'Not allowed here';
  };

  const openSearch = () => {
    document.querySelector<HTMLDialogElement>('[data-search]')?.showModal();
    wake();
  };

  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    const pressed = target.closest<HTMLElement>('[role="tab"], button, summary');
    if (!pressed) return;
    const { tab, copiesPage } = pressed.dataset;
    if (tab) chooseLanguage(tab);
    if (copiesPage) void copyPage(pressed, copiesPage);
    if ('opensSearch' in pressed.dataset) openSearch();
    if ('turnsColours' in pressed.dataset) {
      const next = root.dataset.mantineColorScheme === 'dark' ? 'light' : 'dark';
      root.dataset.mantineColorScheme = next;
      keep(coloursKey, next);
    }
    if (pressed.closest('[data-wakes]')) wake();
  });

  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    const isCommand = key === 'k' && (event.ctrlKey || event.metaKey);
    const isTyping =
      target instanceof HTMLElement &&
      (target.isContentEditable || target.matches('input, textarea, select'));
    if (isCommand || (key === '/' && !isTyping)) {
      event.preventDefault();
      openSearch();
      return;
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const list = target instanceof Element ? target.closest('[role="tablist"]') : null;
    if (!step || !list) return;
    const tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
    const at = tabs.findIndex((tab) => tab.tabIndex === 0);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    event.preventDefault();
    chooseLanguage(next?.dataset.tab ?? '');
    next?.focus();
  });

  // Other tabs of the browser keep to the same language.
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key !== languageKey || !newValue) return;
    root.dataset.language = newValue;
    showLanguage(newValue);
  });

  document.addEventListener('DOMContentLoaded', () => showLanguage(kept(languageKey)));
  window.addEventListener('load', () => {
    const places = document.querySelectorAll('[data-wakes="seen"]');
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        wake();
      },
      { rootMargin: '300px' },
    );
    // What comes into view by itself takes nothing from what is read first.
    setTimeout(() => {
      for (const place of places) observer.observe(place);
    }, 500);
  });
}

const KNOWN: Known = { languageKey: LANGUAGE_KEY, coloursKey: COLOURS_KEY };

/** The script of each page, inline; pages' policies name it by its hash. */
export const PAGE_SCRIPT = `(${run.toString()})(${JSON.stringify(KNOWN)})`;
