export { getSettingForShare, getSettings, saveSetting } from './instance-settings';
export { getRecentSettings } from './recent-settings';
