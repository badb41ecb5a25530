export { handleEmail as GET } from '@/server/doors/email-handler';
