import { describe, expect, it } from 'vitest';
import { templateOwners } from './template-ownership.ts';

const held = ['optimize-import-index_v3', 'optimize-metadata_v3', 'optimize-alert_v4'];
const staging = ['optimize-staging-metadata_v3', 'optimize-staging-alert_v4'];
const none = { lifecyclePolicies: {}, componentTemplates: {}, indexTemplates: {}, legacyTemplates: {} };
const fitting = (...patterns: readonly string[]) => ({ index_patterns: patterns });

const classOf = (name: string, patterns: readonly string[], others: readonly string[] = staging) => {
  const capsule = { ...none, indexTemplates: { [name]: fitting(...patterns) } };
  return templateOwners(capsule, { prefix: 'optimize', held, others }).get(`indexTemplates/${name}`);
};

describe('whose a template is', () => {
  it.each([
    ['optimize-alert_v4', 'known'],
    ['optimize-process-instance-invoice_v8-*', 'known'],
    ['optimize-process-instance-staging-alert_v8-*', 'known'],
    ['optimize-optimize-alert_v*', 'known'],
    ['optimize-staging-*', 'otherInstallation'],
    ['optimize-staging*', 'otherInstallation'],
    ['optimize-staging-process-instance-x_v8-*', 'otherInstallation'],
    ['optimize-operate-*', 'otherComponent'],
    ['optimize-zeebe-record_job_*', 'otherComponent'],
    ['optimize-*', 'ambiguous'],
    ['opt*', 'ambiguous'],
    ['*', 'ambiguous'],
    ['optimize-brand-new-*', 'unknown'],
    ['operate-*', 'unknown'],
  ])('with the pattern %s next to optimize-staging: %s', (pattern, expected) => {
    expect(classOf('custom', [pattern])).toBe(expected);
  });

  it.each([
    ['optimize-*', 'known'],
    ['optimize-staging-*', 'unknown'],
  ])('with the pattern %s where there is no other installation: %s', (pattern, expected) => {
    expect(classOf('custom', [pattern], [])).toBe(expected);
  });

  it.each([
    [['optimize-staging-*', 'optimize-alert_v4'], 'known'],
    [['optimize-staging-*', 'optimize-operate-*'], 'otherInstallation'],
    [['optimize-staging-*', 'other-*'], 'unknown'],
    [[], 'unknown'],
  ])('with the patterns %j: %s', (patterns, expected) => {
    expect(classOf('custom', patterns)).toBe(expected);
  });

  it.each([
    ['optimize-staging-custom', 'otherInstallation'],
    ['optimize-tasklist-task', 'otherComponent'],
    ['optimize-process-instance-staging-alert_v8', 'known'],
  ])('that is named %s, whatever its patterns: %s', (name, expected) => {
    expect(classOf(name, ['optimize-alert_v4'])).toBe(expected);
  });

  it.each([
    ['optimize-staging-metadata_v3', [], 'otherInstallation'],
    ['optimize-event-process-mapping_v4', ['optimize-event-metadata_v3'], 'known'],
  ])('that is named like the index %s, next to %j: %s', (name, others, expected) => {
    expect(classOf(name, ['optimize-alert_v4'], others)).toBe(expected);
  });

  it('does not take a pattern of another installation for ours that the catalogue would know under both', () => {
    expect(classOf('custom', ['optimize-event-process-*'], ['optimize-event-metadata_v3'])).toBe('ambiguous');
    expect(classOf('custom', ['optimize-event-process-*'])).toBe('known');
  });

  it('is told of components and policies by the templates that use them', () => {
    const settings = (policy: string) => ({ settings: { index: { lifecycle: { name: policy } } } });
    const capsule = {
      lifecyclePolicies: { ours: {}, theirs: {}, shared: {}, indices: {}, 'optimize-staging-policy': {} },
      componentTemplates: {
        ...{ mine: { template: settings('ours') }, both: {}, 'optimize-operate-part': {} },
        other: { template: settings('theirs') },
      },
      indexTemplates: {
        a: { ...fitting('optimize-alert_v4'), composed_of: ['mine', 'both'], template: settings('shared') },
        b: { ...fitting('optimize-staging-*'), composed_of: ['other', 'both'], template: settings('shared') },
      },
      legacyTemplates: { c: { ...fitting('optimize-staging-*'), ...settings('theirs') } },
    };
    const owners = templateOwners(capsule, { prefix: 'optimize', held, others: staging });
    expect(Object.fromEntries(owners)).toEqual({
      'componentTemplates/mine': 'known',
      'componentTemplates/other': 'otherInstallation',
      'componentTemplates/both': 'ambiguous',
      'componentTemplates/optimize-operate-part': 'otherComponent',
      'indexTemplates/a': 'known',
      'indexTemplates/b': 'otherInstallation',
      'legacyTemplates/c': 'otherInstallation',
      'lifecyclePolicies/ours': 'known',
      'lifecyclePolicies/theirs': 'otherInstallation',
      'lifecyclePolicies/shared': 'ambiguous',
      'lifecyclePolicies/indices': 'known',
      'lifecyclePolicies/optimize-staging-policy': 'otherInstallation',
    });
  });

  it('does not count a policy as ours that indices of another installation in the backup may use', () => {
    const capsule = { ...none, lifecyclePolicies: { indices: {} } };
    const owners = templateOwners(capsule, { prefix: 'optimize', held: [...held, ...staging], others: [] });
    expect(owners.get('lifecyclePolicies/indices')).toBe('unknown');
  });
});
