-- Who worked before addresses were confirmed goes on being paid.
UPDATE "users" u SET "email_confirmed_at" = u."created_at" FROM "workers" w WHERE w."user_id" = u."id" AND u."email_confirmed_at" IS NULL;
