import { Button } from '@mantine/core';

/** Downloads what the page shows as a file. */
export function DownloadButton({ href }: { href: string }) {
  return (
    <Button variant="default" component="a" href={href} download>
      Download CSV
    </Button>
  );
}
