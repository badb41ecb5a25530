import type { Language } from '@/components/ui/code/use-language';
import { type Access, bearer, CLIENT, INSTALL } from './client';
import { shellDoubleQuoted } from './literals';

/** The shortest program that shows whether a key works: it prints the balance. */
export function readBalance(language: Language, access: Access): string {
  return WRITERS[language](access);
}

const WRITERS: Record<Language, (access: Access) => string> = {
  python: (access) => `${INSTALL.python}
from humanrail import HumanRail

client = ${CLIENT.python(access)}
print(client.balance.get().available_sats, "sats")`,

  typescript: (access) => `${INSTALL.typescript}
import { HumanRail } from '@humanrail/sdk';

const client = ${CLIENT.typescript(access)};
console.log((await client.balance.get()).availableSats, 'sats');`,

  go: (access) => `${INSTALL.go}
package main

import (
	"context"
	"fmt"

	humanrail "github.com/prime001/humanrail-sdk/go"
)

func main() {
	client := ${CLIENT.go(access)}
	balance, err := client.Balance.Get(context.Background())
	if err != nil {
		panic(err)
	}
	fmt.Println(balance.AvailableSats, "sats")
}`,

  curl: (access) =>
    `curl -s ${shellDoubleQuoted(`${access.publicUrl}/v1/balance`)} ${bearer(access)}`,
};
