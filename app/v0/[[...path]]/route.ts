import { v0NotFoundRoute } from '@/server/transport/v0';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = v0NotFoundRoute;
