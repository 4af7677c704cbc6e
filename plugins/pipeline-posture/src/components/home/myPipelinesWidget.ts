/** Parts of the widget, as Backstage's home page asks for them. */
export { MyPipelines as Content } from './MyPipelines';
