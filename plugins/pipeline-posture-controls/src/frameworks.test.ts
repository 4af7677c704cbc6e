import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { neutralControls } from '.';

const FOLDER = join(__dirname, '..', 'frameworks');

describe.each(readdirSync(FOLDER))('frameworks/%s', file => {
  const framework = parse(readFileSync(join(FOLDER, file), 'utf8'));

  it('says which framework it maps, and where that is published', () => {
    expect(framework).toEqual({
      id: file.replace(/\.yaml$/, ''),
      title: expect.any(String),
      url: expect.stringMatching(/^https:\/\//),
      controls: expect.any(Object),
    });
  });

  it('maps controls that exist', () => {
    expect(neutralControls.map(({ id }) => id)).toEqual(
      expect.arrayContaining(Object.keys(framework.controls)),
    );
  });

  it('gives each control at least one entry, and none twice', () => {
    for (const entries of Object.values<string[]>(framework.controls)) {
      expect(entries).toContainEqual(expect.any(String));
      expect(new Set(entries).size).toBe(entries.length);
    }
  });
});

it('uses only the ten risks that OWASP has for CI/CD', () => {
  const { controls } = parse(
    readFileSync(join(FOLDER, 'owasp-cicd.yaml'), 'utf8'),
  );
  for (const risk of Object.values<string[]>(controls).flat()) {
    expect(risk).toMatch(/^CICD-SEC-([1-9]|10)$/);
  }
});
