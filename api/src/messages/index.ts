export { EVENTS, type EventName, type Message, queueMessages } from './queue.ts';
