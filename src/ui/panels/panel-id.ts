/** Panels of the home screen, and of the page of one process. */
export const PANEL_IDS = [
  'cpu',
  'memory',
  'disks',
  'network',
  'services',
  'log',
  'processes',
  'host',
  'pressure',
  'watch-cpu',
  'watch-memory',
  'watch-use',
  'watch-io',
  'watch-who',
  'watch-sockets',
  'watch-family',
  'watch-files',
  'watch-restarts',
  'watch-threads',
  'watch-environment',
] as const

export type PanelId = (typeof PANEL_IDS)[number]
