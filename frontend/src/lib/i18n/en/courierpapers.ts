/** Papers that a courier makes beside the label. */
export const courierpapers = {
  invoice: 'Courier’s invoice',
  many_invoices: 'couriers’ invoices',
  customs: 'Customs form',
  many_customs: 'customs forms',
  waybill: 'Waybill',
  many_waybills: 'waybills',
  receipt: 'Courier’s receipt',
  many_receipts: 'couriers’ receipts',
  nth: 'no. {n}',
  step: 'Courier’s paper taken out',
  in_bulk: 'Couriers’ own papers, where there are any',
} as const;
