export { handleEmail as GET } from '@/server/transport/email-handler';
