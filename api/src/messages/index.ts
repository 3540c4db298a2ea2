export { EVENTS, EVENTS_OF_AFFILIATES, type EventName, type Message, queueMessages } from './queue.ts';
