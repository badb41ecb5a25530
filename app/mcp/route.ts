import { route } from '@/server/doors/mcp';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route;
