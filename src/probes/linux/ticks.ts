/** USER_HZ: the unit of times in /proc. 100 on every architecture Linux still supports (Alpha and IA-64 had 1024). */
export const TICKS_PER_SECOND = 100
