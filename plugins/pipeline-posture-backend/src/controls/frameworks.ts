import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { FrameworkMapping } from 'backstage-plugin-pipeline-posture-common';
import { parse } from 'yaml';

interface Framework {
  id: string;
  title: string;
  url: string;
  controls: Record<string, string[]>;
}

/** The mappings to public frameworks that come with the controls. @returns mappings by control id */
export function readFrameworks(): ReadonlyMap<string, FrameworkMapping[]> {
  const folder = resolvePackagePath(
    'backstage-plugin-pipeline-posture-controls',
    'frameworks',
  );
  const byControl = new Map<string, FrameworkMapping[]>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.yaml')) continue;
    const framework: Framework = parse(
      readFileSync(join(folder, file), 'utf8'),
    );
    for (const [controlId, entries] of Object.entries(framework.controls)) {
      const mappings = byControl.get(controlId) ?? [];
      const { id, title, url } = framework;
      mappings.push({ framework: id, title, url, entries });
      byControl.set(controlId, mappings);
    }
  }
  return byControl;
}
