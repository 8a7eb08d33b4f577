import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * The person's home; undefined where there is none: no HOME and no entry of this user, or a HOME that is no absolute path, which would mean
 * another folder in every working folder.
 */
export function homeFolder(): string | undefined {
  let home: string
  try {
    home = homedir()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw error
    return undefined
  }
  return isAbsolute(home) ? home : undefined
}

/**
 * The person's configuration folder of healthtop: the one conf uses with projectName `healthtop` and projectSuffix ''. Spelled out here
 * so that reading what is in it does not load conf (it brings ajv). Undefined where there is none. Source: XDG Base Directory Specification
 * (relative paths are to be ignored), env-paths.
 */
export function configFolder(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home = homeFolder(),
): string | undefined {
  if (platform === 'darwin') return home && join(home, 'Library', 'Preferences', 'healthtop')
  if (platform === 'win32') {
    const data = env.APPDATA || (home && join(home, 'AppData', 'Roaming'))
    return data && join(data, 'healthtop', 'Config')
  }
  const { XDG_CONFIG_HOME: said = '' } = env
  const folder = isAbsolute(said) ? said : home && join(home, '.config')
  return folder && join(folder, 'healthtop')
}

/**
 * The folder of what healthtop keeps: its log, acknowledgements and silences, who measures. Of a service the one systemd made for it
 * (`StateDirectory=`, systemd.exec(5)); of a person the XDG one. Undefined where there is no home.
 */
export function stateFolder(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home = homeFolder(),
): string | undefined {
  const [given] = env.STATE_DIRECTORY?.split(':') ?? []
  if (given !== undefined && isAbsolute(given)) return given
  if (platform === 'darwin') return home && join(home, 'Library', 'Application Support', 'healthtop')
  if (platform === 'win32') {
    const data = env.LOCALAPPDATA || (home && join(home, 'AppData', 'Local'))
    return data && join(data, 'healthtop', 'State')
  }
  const { XDG_STATE_HOME: said = '' } = env
  const folder = isAbsolute(said) ? said : home && join(home, '.local', 'state')
  return folder && join(folder, 'healthtop')
}

/**
 * The folder of what the service of this machine keeps: the one that systemd makes for `StateDirectory=healthtop`. `$HEALTHTOP_SERVICE_DIR` says another
 * one; what is no absolute path there means none. Undefined where there is no such place.
 */
export function serviceFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  const { HEALTHTOP_SERVICE_DIR: said } = env
  if (said !== undefined) return isAbsolute(said) ? said : undefined
  return platform === 'linux' ? '/var/lib/healthtop' : undefined
}
