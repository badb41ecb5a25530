/** What was written for an assignment, kept in this browser until the server has it. */
export interface LocalDraft {
  value: unknown;
  savedAtMs: number;
}

export function draftName(assignmentId: string): string {
  return `humanrail-draft:${assignmentId}`;
}

export function readLocalDraft(assignmentId: string): LocalDraft | null {
  try {
    const text = localStorage.getItem(draftName(assignmentId)) ?? 'null';
    return JSON.parse(text) as LocalDraft | null;
  } catch {
    return null;
  }
}

/** Keeps a copy until the server has it; full or forbidden storage is no fault. */
export function writeLocalDraft(assignmentId: string, draft: LocalDraft | null): void {
  try {
    if (draft) localStorage.setItem(draftName(assignmentId), JSON.stringify(draft));
    else localStorage.removeItem(draftName(assignmentId));
  } catch {
    // The server's copy, and the one in the form, remain.
  }
}
