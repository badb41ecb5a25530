export { handleSample as GET } from '@/server/doors/email-handler';
