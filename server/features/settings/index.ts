export { getSettingForShare, getSettings, saveSetting } from './instance-settings';
