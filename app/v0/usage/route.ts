import { v0Route } from '@/server/doors/v0';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = v0Route('/v0/usage');
