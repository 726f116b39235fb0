import { expect, it } from 'vitest';
import { templatesFor } from './chosen-templates.ts';

const patterned = (pattern: string, more: object = {}) => ({ index_patterns: [pattern], ...more });
const saved = {
  lifecyclePolicies: { used: {}, legacy: {}, other: {}, idle: {} },
  componentTemplates: {
    shared: { template: { settings: { 'index.lifecycle.name': 'used' } } },
    unused: { template: { settings: {} } },
  },
  indexTemplates: {
    alerts: patterned('optimize-alert_v*', { composed_of: ['shared'] }),
    dashboards: patterned('optimize-dashboard_v*', {
      composed_of: ['unused'],
      template: { settings: { index: { lifecycle: { name: 'other' } } } },
    }),
  },
  legacyTemplates: { every: patterned('optimize-*', { settings: { 'index.lifecycle.name': 'legacy' } }) },
};
const request = { rename: undefined, only: ['optimize-alert_v4'], copy: false };

it('of chosen indices are the templates that fit one of them, and what those use', () => {
  expect(templatesFor(request, saved)).toEqual({
    lifecyclePolicies: { used: {}, legacy: {} },
    componentTemplates: { shared: saved.componentTemplates.shared },
    indexTemplates: { alerts: saved.indexTemplates.alerts },
    legacyTemplates: saved.legacyTemplates,
  });
});

it('of everything else are all', () => {
  expect(templatesFor({ ...request, only: undefined }, saved)).toBe(saved);
  expect(templatesFor({ ...request, copy: true }, saved)).toBe(saved);
});
