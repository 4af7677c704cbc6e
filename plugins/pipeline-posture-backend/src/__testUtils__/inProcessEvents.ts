import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import {
  DefaultEventsService,
  eventsServiceRef,
} from '@backstage/plugin-events-node';

/** The real events of one process; the bus between processes waits for a minute when it ends. */
export function inProcessEvents() {
  const events = DefaultEventsService.create({
    logger: mockServices.logger.mock(),
    useEventBus: 'never',
  });
  return createServiceFactory({
    service: eventsServiceRef,
    deps: { plugin: coreServices.pluginMetadata },
    factory: ({ plugin }) => events.forPlugin(plugin.getId()),
  });
}
