const PTS_FIRST = 136
const PTS_LAST = 143
const TTY = 4
const SERIAL_FIRST = 64

/**
 * The terminal behind the device number of stat: minor in bits 31..20 and 7..0, major in 15..8. `pts/3`, `tty1`, `ttyS0`; others as
 * `major:minor`; undefined for none. Source: proc_pid_stat(5), kernel doc admin-guide/devices.txt.
 */
export function terminalName(device: number): string | undefined {
  if (device === 0) return undefined
  const major = (device >>> 8) & 0xff
  const minor = (device & 0xff) | ((device >>> 12) & 0xfff00)
  if (major >= PTS_FIRST && major <= PTS_LAST) return `pts/${(major - PTS_FIRST) * 256 + minor}`
  if (major === TTY) return minor < SERIAL_FIRST ? `tty${minor}` : `ttyS${minor - SERIAL_FIRST}`
  return `${major}:${minor}`
}
