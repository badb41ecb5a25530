export { INVOICE_CHARS_MAX, type Invoice, type LightningNetwork, readInvoice } from './invoice';
