// A function that an agent may call, and that runs only after a person has allowed the call.
import { ApprovalDeniedError, HumanRail } from '@humanrail/sdk';

const client = new HumanRail();

async function issueRefund({ order, amount }: { order: string; amount: number }): Promise<string> {
  return `refunded ${amount} for ${order}`;
}

const guarded = client.requireApproval(issueRefund, { tool: 'issue_refund' });

try {
  console.log(await guarded({ order: 'o-1', amount: 12.5 }));
} catch (error) {
  if (!(error instanceof ApprovalDeniedError)) throw error;
  console.log(`denied: ${error.reason}`);
}
