/** Parts of the widget, as Backstage's home page asks for them. */
export { FixTheseFirst as Content } from './FixTheseFirst';
