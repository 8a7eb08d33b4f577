/** Offsets in the text: of the keys of a mapping, of the items of a list. */
export type Places = Map<object, ReadonlyMap<string, number> | readonly number[]>

/** The text is more than plain YAML (or none at all): the whole of YAML has to look at it. */
export class NotPlain extends Error {
  override readonly name = 'NotPlain'
}

export function notPlain(): never {
  throw new NotPlain('not plain')
}
