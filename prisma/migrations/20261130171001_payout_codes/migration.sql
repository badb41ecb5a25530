-- Who has no password says where payouts go by a code from an e-mail.
ALTER TYPE "account_link_purpose" ADD VALUE 'payout_address';
