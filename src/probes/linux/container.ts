import { safeText } from '../../lib/text.ts'
import { decode, decodeSafe } from '../decode.ts'
import type { HostFiles } from '../probe.ts'

const MAX_TEXT = 128

/** Where every pod finds what its service account may do, unless that is switched off. */
const SERVICE_ACCOUNT = 'var/run/secrets/kubernetes.io/serviceaccount/namespace'

/**
 * The container technology, as its manager tells it: systemd's note (systemd-detect-virt(1), "Container Interface"), the marks of Docker and
 * Podman, a pod's service account, and the environment of the first process, which only root may read. Undefined outside.
 */
export function readContainer(files: HostFiles): string | undefined {
  const note = files.optional('run/systemd/container')
  const noted = note && decodeSafe(note, MAX_TEXT).trim()
  if (noted) return noted
  if (files.optional('run/.containerenv') !== undefined) return 'podman'
  if (files.optional('.dockerenv') !== undefined) return 'docker'
  if (files.optional(SERVICE_ACCOUNT) !== undefined) return 'kubernetes'
  const environment = files.optional('proc/1/environ')
  if (environment === undefined) return undefined
  const variables = decode(environment).split('\0')
  const variable = variables.find((pair) => pair.startsWith('container='))
  if (variable !== undefined) return safeText(variable.slice('container='.length), 32) || undefined
  return variables.some((pair) => pair.startsWith('KUBERNETES_SERVICE_HOST=')) ? 'kubernetes' : undefined
}
