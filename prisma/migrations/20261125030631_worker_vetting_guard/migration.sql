-- Whoever hands out tasks looks at the status alone.
ALTER TABLE "workers" ADD CONSTRAINT "workers_active_only_if_let_in" CHECK ("vetting" = 'approved' OR ("status" = 'paused' AND NOT "online"));
