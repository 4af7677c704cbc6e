import {
  alertApiRef,
  toastApiRef,
  useApiHolder,
} from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';

/** A short message that goes away. */
export interface Notice {
  title: string;
  text?: string;
  status: 'success' | 'info' | 'warning' | 'danger';
  /** Where to look, for apps that can show it. */
  links?: Array<{ label: string; href: string }>;
}

const SEVERITIES = {
  success: 'success',
  info: 'info',
  warning: 'warning',
  danger: 'error',
} as const;

const SHOWN_MS = 8000;

/** Shows a short message: a toast where the app has them, else the legacy alert. */
export function useNotice(): (notice: Notice) => void {
  const apis = useApiHolder();
  return useCallback(
    ({ title, text, status, links }: Notice) => {
      const toasts = apis.get(toastApiRef);
      if (toasts) {
        toasts.post({
          title,
          description: text,
          status,
          links,
          timeout: SHOWN_MS,
        });
        return;
      }
      apis.get(alertApiRef)?.post({
        message: text ? `${title}: ${text}` : title,
        severity: SEVERITIES[status],
        display: 'transient',
      });
    },
    [apis],
  );
}
