export { assertManagesTaskTypes } from './access';
export { faultsOfRules } from './check-rules';
export { deleteTaskType } from './delete-task-type';
export { putTaskType } from './put-task-type';
export { getTaskType, listTaskTypes } from './queries';
export {
  countQuizGolds,
  findOwnQuizGolds,
  findOwnQuizType,
  findPractice,
  findQuizGolds,
  findQuizType,
  getQuizGolds,
  listPracticeTypes,
  type QuizGold,
  type QuizType,
} from './quiz-golds';
export { resolveTaskType, type TaskTypeDefaults, type TaskTypeName } from './resolve-task-type';
export { syncCatalog } from './sync-catalog';
