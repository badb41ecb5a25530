import type { Tool } from '../tool.js';
import { getUsage, healthCheck } from './account.js';
import { askHuman } from './ask-human.js';
import { createTask, quoteTask } from './create-task.js';
import { cancelTask, getTask, listTasks, waitForTaskTool } from './tasks.js';

/** Every tool, in the order in which clients show them. */
export const tools: readonly Tool[] = [
  askHuman,
  createTask,
  getTask,
  waitForTaskTool,
  cancelTask,
  listTasks,
  quoteTask,
  getUsage,
  healthCheck,
];
