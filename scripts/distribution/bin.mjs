#!/usr/bin/env node
import '../app/scripts/node-version.mjs';

await import('../app/dist/command.mjs');
