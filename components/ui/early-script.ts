import { LANGUAGE_KEY } from './code/language-key';

/** Where the component library keeps whether the reader has chosen light or dark. */
export const COLOURS_KEY = 'mantine-color-scheme-value';

/** Says to pages that were built ahead whether somebody is signed in. It opens nothing: the session's cookie does. */
export const SIGNED_IN_COOKIE = 'humanrail-signed-in';

/** Copies what a button's `data-copies` names, or selects it where the browser lets nothing be copied. */
const COPY = [
  "addEventListener('click',e=>{const button=e.target.closest?.('[data-copies]')",
  'if(!button)return',
  'const code=document.getElementById(button.dataset.copies)',
  "const say=words=>{const place=button.querySelector('[role=status]');place.textContent=words;setTimeout(()=>{place.textContent=''},1500)}",
  "const select=()=>{getSelection().selectAllChildren(code);say('Selected')}",
  "if(navigator.clipboard)navigator.clipboard.writeText(code.textContent).then(()=>say('Copied'),select);else select()})",
].join(';');

/**
 * Runs before anything is shown. Marks the document with what this browser knows of its reader, so that nothing flickers:
 * light or dark, as chosen or as the system goes, the language of examples, and whether somebody is signed in; and does the little that a page without
 * React needs. Pages' policies name it by its hash, so it is the same for all.
 */
export const EARLY_SCRIPT = `{${[
  'const page=document.documentElement,of=k=>{try{return localStorage.getItem(k)}catch{return null}}',
  "const dark=matchMedia('(prefers-color-scheme: dark)')",
  `const paint=()=>{const chosen=of('${COLOURS_KEY}');page.dataset.mantineColorScheme=chosen==='light'||chosen==='dark'?chosen:dark.matches?'dark':'light'}`,
  'paint()',
  "dark.addEventListener('change',paint)",
  `page.dataset.language=of('${LANGUAGE_KEY}')??''`,
  `if(document.cookie.split('; ').includes('${SIGNED_IN_COOKIE}=1'))page.dataset.signedIn=''`,
  COPY,
].join(';')}}`;
