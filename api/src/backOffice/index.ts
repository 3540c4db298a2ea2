export { BackOfficeBuild } from './build.ts';
export { BACK_OFFICE, isBackOfficeBuilt } from './place.ts';
