/** What is wrong with a pasted key before anyone is asked about it. */
export type KeyRefusal = 'key_malformed' | 'key_is_admin'

const SHORTEST = 8

/** Prefixes of organisation admin keys. They manage other keys and read everyone's usage; chat needs none of that. */
const ADMIN = /^sk-(?:ant-)?admin/

/**
 * The key without the white space pasting brings along, or why it cannot be one. Anything but printable ASCII is
 * refused here because a line break in a header makes the runtime's error text repeat the whole key.
 */
export function parseKey(text: string): { readonly key: string } | { readonly refusal: KeyRefusal } {
  const key = text.trim()
  if (!/^[\x21-\x7e]+$/.test(key) || key.length < SHORTEST) return { refusal: 'key_malformed' }
  if (ADMIN.test(key)) return { refusal: 'key_is_admin' }
  return { key }
}
