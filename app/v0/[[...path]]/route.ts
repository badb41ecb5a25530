import { v0NotFoundRoute } from '@/server/doors/v0';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = v0NotFoundRoute;
