/** By bit. Source: include/uapi/linux/capability.h, capabilities(7). */
const NAMES = [
  ...['chown', 'dac_override', 'dac_read_search', 'fowner', 'fsetid', 'kill', 'setgid', 'setuid', 'setpcap'],
  ...['linux_immutable', 'net_bind_service', 'net_broadcast', 'net_admin', 'net_raw', 'ipc_lock', 'ipc_owner'],
  ...['sys_module', 'sys_rawio', 'sys_chroot', 'sys_ptrace', 'sys_pacct', 'sys_admin', 'sys_boot', 'sys_nice'],
  ...['sys_resource', 'sys_time', 'sys_tty_config', 'mknod', 'lease', 'audit_write', 'audit_control', 'setfcap'],
  ...['mac_override', 'mac_admin', 'syslog', 'wake_alarm', 'block_suspend', 'audit_read', 'perfmon', 'bpf'],
  'checkpoint_restore',
] as const

/**
 * The names of a set of capabilities as status writes it, 16 hexadecimal digits (`0000000000000400` → `cap_net_bind_service`); one without a
 * name yet is `cap_41`. A set that holds all that have a name is `all`. Undefined for what is no such number.
 */
export function capabilityNames(hex: string): readonly string[] | undefined {
  if (!/^[0-9a-fA-F]{1,16}$/.test(hex)) return undefined
  const set = BigInt(`0x${hex}`)
  const all = (1n << BigInt(NAMES.length)) - 1n
  if ((set & all) === all) return ['all']
  const names: string[] = []
  for (let bit = 0; bit < 64; bit++) if ((set >> BigInt(bit)) & 1n) names.push(`cap_${NAMES[bit] ?? bit}`)
  return names
}
