export { getSettingForShare, getSettings, saveSetting } from './instance-settings';
export { changeSetting, getRecentSettings } from './recent-settings';
