import { type Fields, fieldsAt, isFields, optional } from '../reply-fields.ts';

export type Texts = Readonly<Record<string, string>>;

/** Settings come as texts; lists, as some defaults are, are joined as an operator would write them. */
const textsIn = (layer: unknown): Texts => {
  const fields: Fields = optional(fieldsAt, layer, 'settings') ?? {};
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => !isFields(value))
      .map(([name, value]) => [name, Array.isArray(value) ? value.join() : String(value)]),
  );
};

/**
 * From the cluster-settings API, flat. `set`: what an operator set by it; `defaults`: all else, a node's configuration file over what is
 * built in; `all`: both.
 */
export const clusterSettingsIn = (
  reply: unknown,
): { readonly all: Texts; readonly set: Texts; readonly defaults: Texts } => {
  const { defaults, persistent, transient } = fieldsAt(reply, 'the answer');
  const set = { ...textsIn(persistent), ...textsIn(transient) };
  const others = textsIn(defaults);
  return { all: { ...others, ...set }, set, defaults: others };
};
