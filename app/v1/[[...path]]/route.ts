import { notFoundRoute } from '@/server/transport/rest';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = notFoundRoute;
