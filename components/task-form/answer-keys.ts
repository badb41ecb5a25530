/** Where keys are text, not commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  return target.matches('input') && !target.matches('[type="radio"], [type="checkbox"]');
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
 * slip can be mended by pressing another key.
 * @returns whether the key meant something.
 */
export function answerByKey(form: HTMLElement, key: string): boolean {
  const selector = `[data-key="${CSS.escape(key.toLowerCase())}"]:enabled`;
  const option = (choice: Element) =>
    choice.querySelector<HTMLInputElement | HTMLButtonElement>(selector);
  const chosen = nextChoice([...form.querySelectorAll('[data-choice]')].filter(option));
  const input = chosen && option(chosen);
  if (!input) return false;
  input.focus();
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
