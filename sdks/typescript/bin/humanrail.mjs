#!/usr/bin/env node
import '../dist/esm/command/program.js';
