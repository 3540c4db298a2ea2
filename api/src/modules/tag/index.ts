export { TagSightings } from './sightings.ts';
export { EnrollmentTagResolver, LinkTagResolver, TrafficSourceTagResolver } from './tag.resolver.ts';
export { serveTag } from './tag.routes.ts';
