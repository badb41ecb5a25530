import { v0HealthRoute } from '@/server/doors/v0';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = v0HealthRoute;
