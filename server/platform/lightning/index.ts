export { type Invoice, type LightningNetwork, readInvoice } from './invoice';
