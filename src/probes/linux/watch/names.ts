import type { HostFiles } from '../../probe.ts'
import { parseGroups } from './groups.ts'

/** A group's name, or its id as text where it has none. Source: etc/group, group(5). */
export function groupName(host: HostFiles, gid: number): string {
  const bytes = host.optional('etc/group')
  return (bytes && parseGroups(bytes).get(gid)) ?? String(gid)
}
