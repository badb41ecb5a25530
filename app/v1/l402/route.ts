import { route } from '@/server/rest';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/v1/l402');
