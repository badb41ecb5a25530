import { Text } from '@mantine/core';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code/code-block';

const SNIPPET = `// node verify.mjs credential.json — needs: npm i canonicalize
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import canonicalize from 'canonicalize';

const { signature, ...facts } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const key = createPublicKey({
  key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(signature.public_key, 'base64').toString('base64url') },
  format: 'jwk',
});
const genuine = verify(null, Buffer.from(canonicalize(facts)), key, Buffer.from(signature.value, 'base64'));
console.log(genuine ? 'Genuine' : 'Changed, or not signed by this key');`;

/** How somebody who is shown a credential can tell that it is genuine. */
export function VerifyCredential() {
  return (
    <Card title="How others verify your credential">
      <Text size="sm" mb="sm">
        The file holds what stands above, and a signature. Take the signature out, write the rest as
        canonical JSON (RFC 8785), and check it by Ed25519 with the public key. The key is the one
        of this instance: every receipt of a task carries it as well, so that a forged file with a
        key of its own is found out.
      </Text>
      <CodeBlock code={SNIPPET} label="how to verify a credential in Node" maxHeight={320} />
    </Card>
  );
}
