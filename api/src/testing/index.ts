export { type Answer, type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from './api.ts';
export { createEmptyDatabase, createTestDatabase, type TestDatabase } from './database.ts';
