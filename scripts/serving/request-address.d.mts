export function readableAddress(url: string | undefined): string | undefined;
