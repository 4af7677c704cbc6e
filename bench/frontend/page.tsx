import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { createApp } from '@backstage/frontend-defaults';
import {
  createFrontendModule,
  IdentityApi,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import plugin from 'backstage-plugin-pipeline-posture/alpha';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { EntityContent } from '../../plugins/pipeline-posture/src/components/EntityContent';

/** Set by the page: the moment at which the answer that is measured was there. */
declare global {
  interface Window {
    answeredAt?: number;
    answers: Record<string, unknown>;
  }
}

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payments-api', namespace: 'default' },
};

const tab = PageBlueprint.make({
  name: 'tab',
  params: {
    path: '/tab',
    title: 'Tab',
    loader: async () => (
      <EntityProvider entity={entity}>
        <EntityContent />
      </EntityProvider>
    ),
  },
});

function SignIn({
  onSignInSuccess,
}: {
  onSignInSuccess(identity: IdentityApi): void;
}) {
  useEffect(() => {
    onSignInSuccess({
      getProfileInfo: async () => ({}),
      getBackstageIdentity: async () => ({
        type: 'user',
        userEntityRef: 'user:default/guest',
        ownershipEntityRefs: [],
      }),
      getCredentials: async () => ({}),
      signOut: async () => {},
    });
  }, [onSignInSuccess]);
  return null;
}

const signIn = SignInPageBlueprint.make({
  params: { loader: async () => SignIn },
});

/**
 * How long an answer is under way, as over a network: until then the screen waits, and may get ready. The one that is
 * measured comes by itself, or what the others take to draw would be measured with it.
 */
const UNDER_WAY_MS = 50;
const MEASURED_MS = 150;
const MEASURED = /\/payments-api$|\/pipelines$/;

const real = window.fetch;
window.fetch = async (input, options) => {
  const url = new URL(input instanceof Request ? input.url : String(input));
  const answer = Object.entries(window.answers).find(([path]) =>
    url.pathname.endsWith(path),
  );
  if (!answer) {
    if (url.port === '7007')
      return Response.json({ items: [] }, { status: 200 });
    return real(input, options);
  }
  const measured = MEASURED.test(url.pathname);
  await new Promise(done =>
    setTimeout(done, measured ? MEASURED_MS : UNDER_WAY_MS),
  );
  const response = Response.json(answer[1]);
  const json = response.json.bind(response);
  if (measured) {
    response.json = async () => {
      const read = await json();
      window.answeredAt = performance.now();
      return read;
    };
  }
  return response;
};

const app = createApp({
  features: [
    catalogPlugin,
    plugin,
    createFrontendModule({ pluginId: 'app', extensions: [tab, signIn] }),
  ],
  advanced: {
    configLoader: async () => ({
      config: new ConfigReader({
        app: { title: 'Bench', baseUrl: window.location.origin },
        organization: { name: 'Bench' },
        backend: { baseUrl: 'http://localhost:7007' },
      }),
    }),
  },
});

const root = document.getElementById('root');
if (root) createRoot(root).render(app.createRoot());
