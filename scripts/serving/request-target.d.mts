export function readTarget(target: string | undefined): { url: string; host?: string } | null;
