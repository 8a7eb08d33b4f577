/** Panels of the home screen, of the pages of one process, of one check and of one alert; those of a page in the order of their numbers. */
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
  'ahead',
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
  'check-latency',
  'check-answer',
  'check-results',
  'check-up',
  'check-expected',
  'check-certificate',
  'check-happened',
  'check-headers',
  'alert-moment',
  'alert-timeline',
  'alert-suspects',
  'alert-changes',
  'alert-before',
  'alert-keys',
] as const

/** Whether a panel belongs to the page of one process, check or alert only. */
export function isOfPage(panel: PanelId): boolean {
  return /^(watch|check|alert)-/.test(panel)
}

export type PanelId = (typeof PANEL_IDS)[number]
