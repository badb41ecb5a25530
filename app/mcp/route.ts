import { route } from '@/server/mcp';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route;
