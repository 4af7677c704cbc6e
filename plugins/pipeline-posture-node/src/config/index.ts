export { strictObject } from './strictObject';
