/** `net:[4026531840]` → its inode: two processes with the same one are in the same namespace. Source: namespaces(7). */
export function parseNamespace(link: string): number | undefined {
  const inode = /:\[(\d+)\]$/.exec(link)?.[1]
  return inode === undefined ? undefined : Number(inode)
}
