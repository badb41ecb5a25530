/** Where keys are text, not commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  return target.matches('input') && !target.matches('[type="radio"], [type="checkbox"]');
}

const TEXTS =
  'textarea, input:not([type="radio"], [type="checkbox"], [type="range"], [type="hidden"])';

/** Whether an answer on the page holds something typed that was not submitted. */
export function hasUnsentText(page: ParentNode): boolean {
  const fields = page.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    `[data-answer] :is(${TEXTS}):enabled:not([data-given])`,
  );
  return [...fields].some((field) => field.value !== '');
}

/** Whether the cursor is in a question of the form, so that its keys are meant for the form. */
function isCursorIn(form: HTMLElement): boolean {
  const at = document.activeElement;
  return at !== null && form.contains(at) && at.closest('[data-choice]') !== null;
}

function isAnswered(choice: Element): boolean {
  return choice.hasAttribute('data-answered') || choice.querySelector('input:checked') !== null;
}

/** The question that one of its keys would answer now, of those of one kind. */
function nextChoice(choices: Element[]): Element | undefined {
  const focused = choices.find((choice) => choice.contains(document.activeElement));
  const focusedIsOpen = focused && (!isAnswered(focused) || focused.hasAttribute('data-many'));
  return (
    (focusedIsOpen ? focused : undefined) ??
    choices.find((choice) => !isAnswered(choice)) ??
    focused ??
    choices.at(-1)
  );
}

/**
 * Answers a question of the form by one key: a digit or y and n. It goes to the question the cursor
 * is in, else to the first unanswered one that knows the key, else to the last that does, so that a
 * slip can be mended by pressing another key. Beside text that was typed, a key from outside the
 * questions may be meant as text: it only puts the cursor there, and acts when it is pressed again.
 * @returns whether the key meant something.
 */
export function answerByKey(form: HTMLElement, key: string): boolean {
  const selector = `[data-key="${CSS.escape(key.toLowerCase())}"]:enabled`;
  const option = (choice: Element) =>
    choice.querySelector<HTMLInputElement | HTMLButtonElement>(selector);
  const chosen = nextChoice([...form.querySelectorAll('[data-choice]')].filter(option));
  const input = chosen && option(chosen);
  if (!input) return false;
  const isMeant = isCursorIn(form) || !hasUnsentText(document);
  input.focus();
  if (!isMeant) return true;
  // Pressed twice, a key says the same; taking an answer back is for Delete.
  const isChosen = input instanceof HTMLInputElement && input.type === 'radio' && input.checked;
  if (!isChosen) input.click();
  return true;
}

/** Marks the questions that keys would answer now, for the style sheet to show their keys. */
export function markNextChoices(form: HTMLElement | null): void {
  for (const kind of ['digits', 'yes-no']) {
    const choices = [...(form?.querySelectorAll(`[data-choice="${kind}"]`) ?? [])];
    const next = nextChoice(choices);
    for (const choice of choices) choice.toggleAttribute('data-next', choice === next);
  }
}
