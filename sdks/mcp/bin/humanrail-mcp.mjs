#!/usr/bin/env node
import { serveOnStdio } from '../dist/esm/stdio.js';

serveOnStdio();
