import type { Frame } from '../model/frame.ts'
import { PROCESS_KEYS, processJson } from './process-json.ts'

const END = '\r\n'

/** A field as RFC 4180 has it: quoted where it holds a comma, a quote or a line break. */
function field(value: string | number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The heading of `snapshot --format csv`: the time of the frame, and the keys of a process as in JSON. */
export function csvHeading(): string {
  return `${['t', ...PROCESS_KEYS].join(',')}${END}`
}

/** The processes of a frame, a line each; empty where something is not known. */
export function snapshotCsv({ wallMs, processes }: Frame): string {
  return (processes?.rows ?? [])
    .map((row) => {
      const values = processJson(row)
      return `${[wallMs, ...PROCESS_KEYS.map((key) => values[key])].map(field).join(',')}${END}`
    })
    .join('')
}
