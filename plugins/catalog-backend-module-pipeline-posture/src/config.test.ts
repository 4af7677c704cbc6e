import { ConfigReader } from '@backstage/config';
import { readLabelConfig } from './config';

describe('readLabelConfig', () => {
  it('is on by default', () => {
    expect(readLabelConfig(new ConfigReader({}))).toEqual({
      enabled: true,
      refreshEveryMs: 15_000,
    });
  });

  it.each([[0], ['soon']])(
    'names the key when the interval is %s',
    refreshEverySeconds => {
      const config = new ConfigReader({
        pipelinePosture: { catalogLabels: { refreshEverySeconds } },
      });
      expect(() => readLabelConfig(config)).toThrow(
        /catalogLabels\.refreshEverySeconds/,
      );
    },
  );
});
