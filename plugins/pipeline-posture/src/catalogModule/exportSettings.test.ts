import { exportSettingsOf } from './exportSettings';

const column = (title: string) => ({ entityFilterKey: 'metadata.name', title });

describe('the export of the catalog’s list', () => {
  it('is off where the catalog’s configuration does not switch it on', () => {
    expect(exportSettingsOf(undefined, [{ columns: [] }])).toBeUndefined();
    expect(exportSettingsOf({ enabled: false }, [])).toBeUndefined();
  });

  it('takes the first columns and every exporter, as the catalog does', () => {
    const csv = { exporter: jest.fn() };
    const xml = { exporter: jest.fn() };
    expect(
      exportSettingsOf({ enabled: true }, [
        undefined,
        { exporters: { csv } },
        { columns: [column('A')], exporters: { xml } },
        { columns: [column('B')] },
      ]),
    ).toMatchObject({
      enabled: true,
      exporters: { csv, xml },
      columns: [column('A')],
    });
  });
});
