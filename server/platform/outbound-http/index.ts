export { type AddressPolicy, addressFault } from './address-policy';
export { OutboundFailure, type OutboundFailureReason } from './outbound-failure';
export { assertPublicUrl } from './public-url';
export {
  createOutbound,
  type Outbound,
  type OutboundRequest,
  type OutboundResponse,
  operatorOutbound,
  outboundRequest,
  postJson,
} from './request';
export { type OutboundStream, outboundStream, type Streaming } from './stream';
