export { handleSample as GET } from '@/server/transport/email-handler';
