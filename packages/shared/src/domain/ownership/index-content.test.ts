import { describe, expect, it } from 'vitest';
import { DYNAMIC_CONTENTS, INDEX_CONTENTS, STATIC_CONTENTS } from './index-catalogue.ts';
import { contentOf } from './index-content.ts';

describe('the content of an index', () => {
  it.each<[string, string, string]>([
    ['optimize', 'optimize-single-process-report_v10', 'user'],
    ['optimize', 'optimize-variable-update-instance_v2-000002', 'imported'],
    ['optimize', 'optimize-process-instance-invoice_v8', 'imported'],
    ['optimize', 'optimize-event-process-instance-1_v8', 'imported'],
    // a key may be the name of another index
    ['optimize', 'optimize-process-instance-settings_v8', 'imported'],
    ['optimize', 'optimize-import-index_v3', 'positions'],
    ['optimize', 'optimize-metadata_v3', 'metadata'],
    ['optimize', 'optimize-license_v3', 'settings'],
    ['acme', 'acme-alert_v4', 'user'],
    ['acme', 'acme-optimize-alert_v4', 'user'],
    ['optimize', 'optimize-report-archive_v1', 'unknown'],
    ['optimize', 'other-alert_v4', 'unknown'],
    ['optimize', 'optimize-alert', 'unknown'],
  ])('under %s, of %s, is %s', (prefix, name, content) => {
    expect(contentOf(prefix, name)).toBe(content);
  });

  it('is known of every name of the catalogue, and each kind occurs', () => {
    for (const [name, content] of Object.entries(STATIC_CONTENTS))
      expect(contentOf('optimize', `optimize-${name}_v1`)).toBe(content);
    for (const [name, content] of Object.entries(DYNAMIC_CONTENTS))
      expect(contentOf('optimize', `optimize-${name}-key_v1`)).toBe(content);
    expect(new Set(Object.values(STATIC_CONTENTS))).toEqual(new Set(INDEX_CONTENTS));
  });
});
